/** Whoever asks for more than this is asked again then all the same: what is told is given up after a day. */
const LONGEST_MS = 3_600_000;

/** What a header Retry-After asks for, in ms from now: seconds, or a date (RFC 9110, 10.2.3). None where there is none, or no sense in it. */
export const webhookRetryMs = (header: string | null, now: number): number | undefined => {
  if (header === null) return undefined;
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(ms) || ms <= 0 ? undefined : Math.min(ms, LONGEST_MS);
};
