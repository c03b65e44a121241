/** `ignored`: an event that is about nothing of ours. `malformed`: one that names nothing we can trust. */
export type EventRefusal = { readonly kind: 'ignored' | 'malformed'; readonly why: string };

/** It goes into a line of the log, and may hold what a stranger has sent. */
const LONGEST = 300;

const oneLine = (why: string): string => why.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').slice(0, LONGEST);

export const ignored = (why: string): EventRefusal => ({ kind: 'ignored', why: oneLine(why) });

export const malformed = (why: string): EventRefusal => ({
  kind: 'malformed',
  why: `The event is not understood: ${why}.`,
});
