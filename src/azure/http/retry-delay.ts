/** One failed try: the status of the answer, or the code of the connection error. */
export type Try = {
  readonly retries: number;
  readonly status?: number;
  readonly header?: (name: string) => string | undefined;
  readonly errorCode?: string;
};

/** An activity must not wait longer than this: the orchestration tries again. */
const LONGEST_WAIT_MS = 30_000;

const BROKEN_CONNECTION = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'REQUEST_SEND_ERROR',
]);
const NEVER_BETTER = new Set([501, 505]);

/** Whether the same request may succeed later. */
export const isCurable = (status: number): boolean =>
  status === 408 || status === 429 || (status >= 500 && !NEVER_BETTER.has(status));

/**
 * Resource Graph throttles without `Retry-After`: another header says when its quota resets, as hours, minutes and
 * seconds.
 */
const quotaResetMs = (text: string | undefined): number | undefined => {
  const [, hours, minutes, seconds] = /^(\d\d):(\d\d):(\d\d)/.exec(text ?? '') ?? [];
  if (seconds === undefined) return undefined;
  return Math.max(1, Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
};

/** The wait that the answer asks for, in milliseconds: `Retry-After` in seconds or as a date, or Azure's own headers. */
export const retryAfterMs = (header: (name: string) => string | undefined, now: number): number | undefined => {
  const milliseconds = header('retry-after-ms') ?? header('x-ms-retry-after-ms');
  if (milliseconds !== undefined && Number(milliseconds) >= 0) return Number(milliseconds);
  const value = header('retry-after');
  if (value === undefined) return quotaResetMs(header('x-ms-user-quota-resets-after'));
  if (Number(value) >= 0) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};

/**
 * How long to wait before a read is retried; `undefined` when it should not be. Unlike the retry policy of the SDKs it
 * also retries a 429 without `Retry-After`, and leaves waits above 30 s to the orchestration.
 */
export const retryDelay = (failed: Try, now: number): number | undefined => {
  const { status, errorCode, retries } = failed;
  const curable = status === undefined ? BROKEN_CONNECTION.has(errorCode ?? '') : isCurable(status);
  if (!curable) return undefined;
  const wait = (failed.header && retryAfterMs(failed.header, now)) ?? 1_000 * 2 ** retries;
  return wait <= LONGEST_WAIT_MS ? wait : undefined;
};
