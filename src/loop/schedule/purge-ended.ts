import type { Guardian, Instances } from '../guardian.ts';
import { purgeHistory } from './purge-history.ts';

/** An override that ended a day ago has ended by every machine's clock. */
const DAY_MS = 86_400_000;

/**
 * Deletes ended overrides after a day, and purges durable history after thirty days. If one of the two fails, the other
 * still runs.
 */
export const purgeEnded = async (guardian: Guardian, instances: Instances): Promise<void> => {
  await guardian.store.records
    .forgetEnded(new Date(Date.now() - DAY_MS).toISOString())
    .catch((error) => guardian.warn(`Overrides that have ended could not be taken away now: ${String(error)}`));
  await purgeHistory(guardian, instances);
};
