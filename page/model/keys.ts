import type { View } from './route.ts';

/** The action of a key on the keyboard. */
export type Act =
  | { readonly kind: 'go'; readonly view: View }
  | { readonly kind: 'move'; readonly by: 1 | -1 }
  | { readonly kind: 'open' | 'approve' | 'help' | 'search' };

const VIEW_OF: Readonly<Record<string, View>> = {
  n: 'now',
  i: 'incidents',
  h: 'horizon',
  e: 'estate',
  y: 'history',
  t: 'trust',
};

export const LETTER_OF = Object.fromEntries(
  Object.entries(VIEW_OF).map(([letter, view]) => [view, letter]),
) as Readonly<Record<View, string>>;

const SINGLE: Readonly<Record<string, Act>> = {
  j: { kind: 'move', by: 1 },
  k: { kind: 'move', by: -1 },
  a: { kind: 'approve' },
  '?': { kind: 'help' },
  '/': { kind: 'search' },
  Enter: { kind: 'open' },
};

/** `before`: the key pressed just before, since two keys name a view, `g` and its letter. */
export const actOf = (key: string, before: string | undefined): Act | undefined => {
  const view = before === 'g' && Object.hasOwn(VIEW_OF, key) ? VIEW_OF[key] : undefined;
  if (view !== undefined) return { kind: 'go', view };
  return Object.hasOwn(SINGLE, key) ? SINGLE[key] : undefined;
};
