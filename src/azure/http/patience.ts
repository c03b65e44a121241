import { placeOf } from './place-of.ts';

/**
 * A sweep asks a subscription for many things, one after the other. Were each of them repeated for as long as Azure asks
 * while Azure refuses all of them, the sweep of all other subscriptions would wait for minutes, and its worker would be
 * ended. So a place (a subscription, a vault) that has not answered a read, however often it was repeated, is asked once
 * each time, until it answers or was left alone for a minute.
 */
export type Patience = {
  /** Whether a read that fails at this URL is not repeated. */
  isSpent(url: string): boolean;
  /** How a read ended, with all that was repeated of it. */
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
