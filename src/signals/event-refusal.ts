/** `ignored`: an event about nothing on an access path. `malformed`: an event that names nothing that the product can trust. */
export type EventRefusal = { readonly kind: 'ignored' | 'malformed'; readonly why: string };

/**
 * The text goes into a line of the log, and may hold text that somebody outside has sent: so it is short and has no line breaks.
 */
const LONGEST = 300;

const oneLine = (why: string): string => why.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').slice(0, LONGEST);

export const ignored = (why: string): EventRefusal => ({ kind: 'ignored', why: oneLine(why) });

export const malformed = (why: string): EventRefusal => ({
  kind: 'malformed',
  why: `The event is not understood: ${why}.`,
});
