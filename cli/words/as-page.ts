import { sayIn, sayNamed } from '../../page/words/say.ts';
import { spoken } from './names.ts';

const say = sayIn('en');

const within = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** A word of the page within a sentence, or the code itself in words where the page has none. */
const named = (room: 'fault' | 'moment', code: string): string => {
  const word = sayNamed(say, room, code);
  return word === code ? spoken(code) : within(word);
};

/** What is wrong, as the page calls it. */
export const faultIn = (kind: string): string => named('fault', kind);

/** What happened, as the page calls it. */
export const happenedIn = (what: string): string => named('moment', what);

/** `3 are down`: a count in the words of the page's first sentence. */
export const countedAs = (what: 'down' | 'threatened' | 'answers' | 'working', n: number): string =>
  say(`now.${what}`, { n });
