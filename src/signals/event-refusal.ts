/** `ignored`: an event that is about nothing of ours. `malformed`: one that names nothing we can trust. */
export type Refusal = { readonly kind: 'ignored' | 'malformed'; readonly why: string };

export const ignored = (why: string): Refusal => ({ kind: 'ignored', why });

export const malformed = (why: string): Refusal => ({ kind: 'malformed', why: `The event is not understood: ${why}.` });
