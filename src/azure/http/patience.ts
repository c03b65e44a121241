import { placeOf } from './place-of.ts';

/**
 * A sweep asks a subscription for many things, one after the other. If each of these reads were repeated for as long as
 * Azure refuses it, one subscription would hold up the sweep of all other subscriptions for minutes, until the platform
 * ends the worker. So once a place (a subscription or a vault) has not answered a read and all its retries, every
 * further read there is sent only once. That ends when the place answers, or when the product has not asked it for a
 * minute.
 */
export type Patience = {
  /** Whether a read that fails at this URL is not repeated. */
  isSpent(url: string): boolean;
  /** Is told how a read ended, after its last retry. */
  note(url: string, hasAnswered: boolean): void;
};

const SPENT_MS = 60_000;

export const openPatience = (now: () => number = Date.now): Patience => {
  const spentAt = new Map<string, number>();
  return {
    isSpent: (url) => now() - (spentAt.get(placeOf(url)) ?? -Infinity) < SPENT_MS,
    note: (url, hasAnswered) => {
      if (hasAnswered) spentAt.delete(placeOf(url));
      else spentAt.set(placeOf(url), now());
    },
  };
};
