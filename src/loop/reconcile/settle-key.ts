import type { Guardian } from '../guardian.ts';
import type { SettleInput } from '../messages.ts';

/** The last activity of a run. `false` when a wake-up came since `wanted` was read: then the run assesses again. */
export const settleKey = ({ store }: Guardian, { keyId, wanted, rowTag }: SettleInput): Promise<boolean> =>
  store.keyRows.settle(keyId, wanted, rowTag);
