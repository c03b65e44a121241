import { isForgotten as isUnassessed } from '../../remediation/protocol/wake.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';

/** The longest pause of a key. A person who uses the name of a key again within this time finds the pause still in force. */
const KEPT_MS = 3_600_000;

/** The most keys that one range of a sweep forgets, with up to four calls each. */
const MOST = 300;
const AT_ONCE = 16;

const isOld = (at: string | undefined, now: Date): boolean => !at || Date.parse(at) + KEPT_MS <= now.getTime();

/**
 * Whether the row of a key may be deleted: no consumer uses the key, it was never seen healthy, and nothing of it is
 * open, asked or requested. A person who can create disk encryption sets can name a new key each time, so these rows
 * would grow for ever.
 */
export const isForgettable = (state: KeyState, now: Date): boolean => {
  const { baseline, consumers, failing, incident, row, rowTag, unreadable, verdict, wayChangedAt } = state;
  const isAnythingOpen = incident ?? failing ?? baseline ?? wayChangedAt;
  const standing = [state.asked, state.approvals, state.rejections, state.requests, state.attempts, unreadable];
  if (isAnythingOpen !== undefined || standing.some(({ length }) => length > 0)) return false;
  if (consumers?.consumers.length || consumers?.marked?.length) return false;
  // An instance that was replaced because it outlived its time may still run: the row tells it that it is replaced.
  if (isUnassessed(row) || row.generation) return false;
  const isLookedAt = verdict !== undefined || rowTag === undefined;
  return isLookedAt && isOld(verdict?.at, now) && isOld(consumers?.at, now);
};

/** Deletes the rows of forgettable keys. The ledger of such a key stays. */
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
