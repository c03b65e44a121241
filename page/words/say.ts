import { WORDS, type WordKey } from './table.ts';
import type { Word } from './word.ts';

export const LANGUAGES = ['en', 'ko'] as const;

export type Language = (typeof LANGUAGES)[number];

/** What is filled in for the names in braces. */
export type Filling = Readonly<Record<string, string | number>>;

export type Say = (key: WordKey, filling?: Filling) => string;

/** Numbers are grouped as people of the language read them. */
const shown = (value: string | number, language: Language): string =>
  typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;

const filled = (text: string, filling: Filling, language: Language): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => shown(filling[name] ?? whole, language));

const textOf = (word: Word, language: Language, { n }: Filling): string =>
  language === 'en' && n === 1 && word.one !== undefined ? word.one : word[language];

/** Says what the table has, in one language. */
export const sayIn =
  (language: Language): Say =>
  (key, filling = {}) =>
    filled(textOf(WORDS[key], language, filling), filling, language);

const isWord = (key: string): key is WordKey => Object.hasOwn(WORDS, key);

/** The word for a name that the API has given: what the table does not have yet is said as the name itself. */
export const sayNamed = (
  say: Say,
  room: 'kind' | 'fault' | 'step' | 'stepName' | 'moment' | 'decided' | 'outcome',
  name: string,
  filling?: Filling,
): string => {
  const key = `${room}.${name}`;
  return isWord(key) ? say(key, filling) : [name, filling?.['name']].filter(Boolean).join(' ');
};

/** The language of a browser, of those that there are. */
export const languageOf = (asked: readonly string[]): Language =>
  asked
    .map((one) => one.slice(0, 2).toLowerCase())
    .find((one): one is Language => LANGUAGES.some((each) => each === one)) ?? 'en';
