/**
 * What became of a message. `refused`: the receiver does not take this one, and may take others. `failed`: it takes none now, or
 * nobody knows. `why` continues a sentence that the receiver begins.
 */
export type Posted =
  | { readonly kind: 'taken' }
  | {
      readonly kind: 'refused' | 'failed';
      readonly why: string;
      /** How long the receiver asks not to be asked again. */
      readonly retryAfterMs?: number;
    };

/** What waits for an answer waits so long at most: a repair may stand behind it. */
export const TIMEOUT_MS = 5_000;

/** Answers that say "not now" of whatever is sent. */
const NOT_NOW = new Set([401, 403, 404, 408, 410, 425, 429]);

/** What a status that is no success says of the message: that it is refused itself, or that none is taken now. */
export const kindOfStatus = (status: number): 'refused' | 'failed' =>
  status >= 400 && status < 500 && !NOT_NOW.has(status) ? 'refused' : 'failed';
