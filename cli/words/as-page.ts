import { sayIn, sayNamed } from '../../page/words/say.ts';
import { nameAt, spoken } from './names.ts';

const say = sayIn('en');

const within = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** A word of the page within a sentence, or the code itself in words where the page has none. */
const named = (room: 'fault' | 'moment', code: string): string => {
  const word = sayNamed(say, room, code);
  return word === code ? spoken(code) : within(word);
};

/** What is wrong, as the page calls it. */
export const faultIn = (kind: string): string => named('fault', kind);

/** What a step does to its target, as the page says it: `extend the expiry of kv-orders/cmk`. */
export const stepIn = (step: string, target: string): string => {
  const words = sayNamed(say, 'step', step, { name: nameAt(target) });
  return words.startsWith(step) ? `${spoken(step)} ${nameAt(target)}` : words;
};

/** What happened, as the page calls it. */
export const happenedIn = (what: string): string => named('moment', what);

/** `3 are down`: a count in the words of the page's first sentence. */
export const countedAs = (what: 'down' | 'threatened' | 'answers' | 'working', n: number): string =>
  say(`now.${what}`, { n });
