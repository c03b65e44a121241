import type { Guardian } from '../guardian.ts';
import type { SettleInput } from '../messages.ts';

/** Whether a wake-up came since `wanted` was read: then the run stops waiting. One call. */
export const isWanted = async ({ store }: Guardian, { keyId, wanted }: SettleInput): Promise<boolean> =>
  (await store.keyRows.read(keyId)).row.wanted > wanted;
