import type { Fact, KeyObservation } from '../model/facts.ts';

/**
 * A key that the product could not read, or that does not exist. `since`: when that began. `at`: when the key was last asked for
 * at its turn (ISO 8601). Such keys may be many: somebody who may create a disk encryption set can name any key. Each look at one
 * costs requests that repairs need.
 */
export type InVain = { readonly since: string; readonly at: string };

const LONGEST_PAUSE_MS = 3_600_000;

const isDeleted = (loss: Fact<{ readonly kind: string }> | undefined): boolean =>
  loss?.kind === 'present' && loss.value.kind === 'deleted';

/** Whether the look could read the key. A key or vault that Azure lists as deleted counts as read: it can be recovered. */
export const isLearnt = ({ current, loss, vault, vaultLoss, versions }: KeyObservation): boolean => {
  if (vault.kind !== 'present') return isDeleted(vaultLoss);
  const facts = [...Object.values(versions), ...(current ? [current] : [])];
  if (facts.some(({ kind }) => kind === 'unknown')) return false;
  return isDeleted(loss) || facts.every(({ kind }) => kind === 'present');
};

/**
 * Whether the key is to be asked for again. The pause is as long as the key was unreadable so far, so it doubles each time; it is
 * an hour at most.
 */
export const isDueAgain = ({ since, at }: InVain, now: Date): boolean =>
  now.getTime() - Date.parse(at) >= Math.min(LONGEST_PAUSE_MS, Date.parse(at) - Date.parse(since));

/**
 * The record to keep of an unreadable key; `undefined` as soon as the key was read. A look before the pause is over does not
 * count as a turn: each sweep looks at keys that were seen well before, and their pauses would never end otherwise.
 */
export const askedInVain = (observation: KeyObservation, before: InVain | undefined): InVain | undefined => {
  if (isLearnt(observation)) return undefined;
  const { observedAt: at } = observation;
  if (before === undefined) return { since: at, at };
  return isDueAgain(before, new Date(at)) ? { since: before.since, at } : before;
};
