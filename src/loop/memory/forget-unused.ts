import { isForgotten as isUnassessed } from '../../remediation/protocol/wake.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';

/** So long its pauses grow: whoever takes a name up again within it finds the pause that it has earned. */
const KEPT_MS = 3_600_000;

/** So many in one range of a sweep, with up to four calls each, some at once. */
const MOST = 300;
const AT_ONCE = 16;

const isOld = (at: string | undefined, now: Date): boolean => !at || Date.parse(at) + KEPT_MS <= now.getTime();

/**
 * Whether nothing of a key is worth a row: nobody uses it, it was never seen well, and nothing of it is open, asked or ordered.
 * Whoever may create a disk encryption set can name a new key each time, so that such rows would grow for ever.
 */
export const isForgettable = (state: KeyState, now: Date): boolean => {
  const { baseline, consumers, failing, incident, row, rowTag, unreadable, verdict, wayChangedAt } = state;
  const isAnythingOpen = incident ?? failing ?? baseline ?? wayChangedAt;
  const orders = [state.asked, state.approvals, state.rejections, state.requests, state.attempts, unreadable];
  if (isAnythingOpen !== undefined || orders.some(({ length }) => length > 0)) return false;
  if (consumers?.consumers.length || consumers?.marked?.length) return false;
  // One that was replaced since it outlived its time may yet stir: its row tells it that it is no more.
  if (isUnassessed(row) || row.generation) return false;
  const isLookedAt = verdict !== undefined || rowTag === undefined;
  return isLookedAt && isOld(verdict?.at, now) && isOld(consumers?.at, now);
};

/** Deletes the rows of such keys. What has become of one is in its ledger, which stays. */
export const forgetUnused = async ({ store }: Pick<Guardian, 'store'>, states: readonly KeyState[]): Promise<void> => {
  const now = new Date();
  const those = states.filter((state) => isForgettable(state, now)).slice(0, MOST);
  for (let start = 0; start < those.length; start += AT_ONCE)
    await Promise.all(
      those
        .slice(start, start + AT_ONCE)
        .map(({ keyId }) => store.keyRows.forget(keyId, (state) => isForgettable(state, now))),
    );
};
