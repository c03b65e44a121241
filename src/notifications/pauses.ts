const MINUTE_MS = 60_000;

/** Minutes between the tries to send one message; the last of them again and again. */
const PAUSES = [1, 2, 4, 8, 15, 30, 60] as const;

/** A message that nobody has taken for so long is given up: what it tells is a day old, and the doors say what holds now. */
const KEPT_MS = 86_400_000;

/** When a message is sent again that was tried so often (ISO 8601). */
export const nextTry = (tries: number, now: Date): string => {
  const minutes = PAUSES[Math.max(tries, 1) - 1] ?? PAUSES.at(-1) ?? 60;
  return new Date(now.getTime() + minutes * MINUTE_MS).toISOString();
};

/** `at` (ISO 8601): when that was found which it tells. */
export const isGivenUp = (at: string, now: Date): boolean => !(Date.parse(at) > now.getTime() - KEPT_MS);
