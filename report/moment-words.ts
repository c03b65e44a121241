import type { GetIncident200 } from '../client/api.ts';
import { sayIn, sayNamed } from '../page/words/say.ts';
import { nameIn } from './document.ts';

const say = sayIn('en');

/** `kv-orders/cmk` of the id of a key or of one of its versions. */
const keyIn = (id: string): string | undefined => {
  const [, vault, key] = /^https:\/\/([^./]+)[^/]*\/keys\/([^/]+)/.exec(id) ?? [];
  return vault === undefined ? undefined : `${vault}/${key}`;
};

/** What a step did to its target, as the page says it. */
export const stepDone = (step: string, target: string): string =>
  sayNamed(say, 'step', step, { name: keyIn(target) ?? nameIn(target) });

/** What a moment is, as the page says it; of a step, what it did. */
export const momentWords = ({ what, step, target, outcome }: GetIncident200['timeline'][number]): string =>
  [
    sayNamed(say, 'moment', what),
    step && (target === undefined ? sayNamed(say, 'stepName', step) : stepDone(step, target)),
    outcome && sayNamed(say, 'outcome', outcome),
  ]
    .filter(Boolean)
    .join(', ');
