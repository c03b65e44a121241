import type { Guardian, Instances } from '../guardian.ts';
import { purgeHistory } from './purge-history.ts';

/** An order that ended a day ago has ended by every machine's clock. */
const DAY_MS = 86_400_000;

/**
 * Deletes ended orders after a day, and purges durable history after thirty days. If one of the two fails, the other
 * still runs.
 */
export const purgeEnded = async (guardian: Guardian, instances: Instances): Promise<void> => {
  await guardian.store.records
    .forgetEnded(new Date(Date.now() - DAY_MS).toISOString())
    .catch((error) => guardian.warn(`Orders that have ended could not be taken away now: ${String(error)}`));
  await purgeHistory(guardian, instances);
};
