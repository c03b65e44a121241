/** The result of one attempt: the status that the endpoint answered, or the kind of failure without an answer. */
export type Outcome = { status: number } | { failure: 'timeout' | 'connection' };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits after the first, second, … attempt (Event Grid, delivery and retry); after the last one every 12 hours. */
const SCHEDULE = [
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
];

/** Answers after which a webhook is never tried again. */
const FINAL = [400, 401, 403, 413];

const LEAST: Record<number, number> = { 408: 2 * MINUTE, 503: 30 * SECOND };

export type RetryPolicy = { maxDeliveryAttempts: number; timeToLiveMinutes: number };

export type Next =
  | { kind: 'delivered' }
  | { kind: 'retry'; after: number }
  | { kind: 'deadLetter'; reason: 'NotRetriable' | 'MaxDeliveryAttemptsExceeded' | 'TimeToLiveExceeded' };

const delivered = (outcome: Outcome) => 'status' in outcome && outcome.status >= 200 && outcome.status <= 204;

/** The next action after an attempt. `attempts` includes it; `age` is milliseconds since the event was published. */
export const nextAttempt = (outcome: Outcome, attempts: number, age: number, policy: RetryPolicy): Next => {
  if (delivered(outcome)) return { kind: 'delivered' };
  const status = 'status' in outcome ? outcome.status : 0;
  if (FINAL.includes(status)) return { kind: 'deadLetter', reason: 'NotRetriable' };
  if (attempts >= policy.maxDeliveryAttempts) return { kind: 'deadLetter', reason: 'MaxDeliveryAttemptsExceeded' };
  const after = Math.max(SCHEDULE[attempts - 1] ?? 12 * HOUR, LEAST[status] ?? 0);
  if (age + after > policy.timeToLiveMinutes * MINUTE) return { kind: 'deadLetter', reason: 'TimeToLiveExceeded' };
  return { kind: 'retry', after };
};
