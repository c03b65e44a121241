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

const WORDS: Readonly<Record<number, string>> = {
  401: 'does not know the product: is the secret in its address still the right one?',
  403: 'does not let the product in: is the secret in its address still the right one?',
  404: 'is not there any more: has its address changed?',
  410: 'is not there any more: has its address changed?',
  413: 'takes no message as long as this one',
  429: 'takes no more messages for a while',
};

/** Why a receiver has not taken a message, for a person: it goes on with the sentence that begins with the receiver. */
export const whyNotTaken = (status: number): string => {
  const led =
    status >= 300 && status < 400 ? 'leads elsewhere, where nothing is sent: has its address changed?' : undefined;
  const refused = kindOfStatus(status) === 'refused' ? 'does not take this message' : 'takes no message now';
  return `${WORDS[status] ?? led ?? refused} (${status})`;
};
