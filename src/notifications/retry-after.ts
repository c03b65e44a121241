/** A receiver that asks for a longer wait is tried after this time all the same, since a message is given up after a day. */
const LONGEST_MS = 3_600_000;

/**
 * The wait of a Retry-After header, in ms from now: seconds, or a date (RFC 9110, 10.2.3). `undefined` where the header
 * is missing or cannot be parsed.
 */
export const webhookRetryMs = (header: string | null, now: number): number | undefined => {
  if (header === null) return undefined;
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(ms) || ms <= 0 ? undefined : Math.min(ms, LONGEST_MS);
};
