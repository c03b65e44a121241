import type { Say } from '../words/say.ts';
import { sayNamed } from '../words/say.ts';
import { keyLabel } from './names.ts';

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type Step = { readonly kind: string; readonly target: string };

/** The effect of steps in one phrase: "enable the key cmk and revalidate orders". A step with several targets names each. */
export const actsOf = (say: Say, steps: readonly Step[]): string => {
  const all = steps.map(({ kind, target }) => sayNamed(say, 'step', kind, { name: keyLabel(target) }));
  const [last, ...before] = [...new Set(all)].reverse();
  if (last === undefined) return '';
  return before.length === 0 ? last : `${before.reverse().join(', ')}${say('act.and')}${last}`;
};

/** The effect of a step without the name of a resource, as the label of a line. */
export const titleOf = (say: Say, kind: string): string => capitalized(sayNamed(say, 'stepName', kind));

/** The same phrase as the label of a button. A name at its beginning keeps its spelling. */
export const labelOf = (say: Say, steps: readonly Step[]): string => {
  const text = actsOf(say, steps);
  return steps.some(({ target }) => text.startsWith(keyLabel(target))) ? text : capitalized(text);
};
