import type { Fact, KeyObservation } from '../model/facts.ts';

/**
 * What was asked of a key and not learnt: it is out of sight, or it does not exist. `since`: when that began, `at`: when it was
 * last asked in its time (ISO 8601). Whoever may create a disk encryption set can name any key, so that such keys may be many, and each look at
 * one costs requests that repairs need.
 */
export type InVain = { readonly since: string; readonly at: string };

const LONGEST_PAUSE_MS = 3_600_000;

const isDeleted = (loss: Fact<{ readonly kind: string }> | undefined): boolean =>
  loss?.kind === 'present' && loss.value.kind === 'deleted';

/** Whether it was seen how everything is. What Azure lists as deleted was learnt as well: it can be brought back. */
export const isLearnt = ({ current, loss, vault, vaultLoss, versions }: KeyObservation): boolean => {
  if (vault.kind !== 'present') return isDeleted(vaultLoss);
  const facts = [...Object.values(versions), ...(current ? [current] : [])];
  if (facts.some(({ kind }) => kind === 'unknown')) return false;
  return isDeleted(loss) || facts.every(({ kind }) => kind === 'present');
};

/** Whether it is to be asked again: after as long as it has stayed so, which doubles with every time, and within an hour. */
export const isDueAgain = ({ since, at }: InVain, now: Date): boolean =>
  now.getTime() - Date.parse(at) >= Math.min(LONGEST_PAUSE_MS, Date.parse(at) - Date.parse(since));

/**
 * What is to be kept of that; `undefined` as soon as it is learnt. A sight before its time is no time that it was asked: each sweep
 * sees the keys that were seen well, whose pauses would else never end.
 */
export const askedInVain = (observation: KeyObservation, before: InVain | undefined): InVain | undefined => {
  if (isLearnt(observation)) return undefined;
  const { observedAt: at } = observation;
  if (before === undefined) return { since: at, at };
  return isDueAgain(before, new Date(at)) ? { since: before.since, at } : before;
};
