const MINUTE_MS = 60_000;

/** Minutes between the tries to send one message; the last pause repeats. */
const PAUSES = [1, 2, 4, 8, 15, 30, 60] as const;

/**
 * A message that was not taken within this time is given up: its content is a day old, and the HTTP routes show the
 * present state.
 */
const KEPT_MS = 86_400_000;

/** When a message is sent again after this number of tries (ISO 8601). */
export const nextTry = (tries: number, now: Date): string => {
  const minutes = PAUSES[Math.max(tries, 1) - 1] ?? PAUSES.at(-1) ?? 60;
  return new Date(now.getTime() + minutes * MINUTE_MS).toISOString();
};

/** `at` (ISO 8601): when the content was found. */
export const isGivenUp = (at: string, now: Date): boolean => !(Date.parse(at) > now.getTime() - KEPT_MS);
