/**
 * The result of sending a message. `refused`: the receiver does not take this message, but may take others. `failed`:
 * the receiver takes no message now, or the result is unknown. `why` continues a sentence that begins with the
 * receiver.
 */
export type Posted =
  | { readonly kind: 'taken' }
  | {
      readonly kind: 'refused' | 'failed';
      readonly why: string;
      /** How long the receiver asks to wait before the next try. */
      readonly retryAfterMs?: number;
    };

/** A request waits at most this long for its answer, because a repair may wait for it. */
export const TIMEOUT_MS = 5_000;

/** Statuses that mean "not now" for any message. */
const NOT_NOW = new Set([401, 403, 404, 408, 410, 425, 429]);

/** The meaning of an error status: this message is refused, or no message is taken now. */
export const kindOfStatus = (status: number): 'refused' | 'failed' =>
  status >= 400 && status < 500 && !NOT_NOW.has(status) ? 'refused' : 'failed';
