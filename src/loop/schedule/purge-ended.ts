import type { Guardian, Instances } from '../guardian.ts';
import { purgeHistory } from './purge-history.ts';

/** An order that ended a day ago is ended by every clock. */
const DAY_MS = 86_400_000;

/** Takes away what has ended: orders after a day, durable history after thirty. That one fails does not hold the other back. */
export const purgeEnded = async (guardian: Guardian, instances: Instances): Promise<void> => {
  await guardian.store.records
    .forgetEnded(new Date(Date.now() - DAY_MS).toISOString())
    .catch((error) => guardian.warn(`Orders that have ended could not be taken away now: ${String(error)}`));
  await purgeHistory(guardian, instances);
};
