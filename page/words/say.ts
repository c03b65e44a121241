import { WORDS, type WordKey } from './table.ts';
import type { Word } from './word.ts';

export const LANGUAGES = ['en', 'ko'] as const;

export type Language = (typeof LANGUAGES)[number];

/** The values for the names in braces. */
export type Filling = Readonly<Record<string, string | number>>;

export type Say = (key: WordKey, filling?: Filling) => string;

/** Numbers are grouped as people of the language read them. */
const shown = (value: string | number, language: Language): string =>
  typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;

const filled = (text: string, filling: Filling, language: Language): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => shown(filling[name] ?? whole, language));

const textOf = (word: Word, language: Language, { n }: Filling): string =>
  language === 'en' && n === 1 && word.one !== undefined ? word.one : word[language];

/** Gives texts of the table in one language. */
export const sayIn =
  (language: Language): Say =>
  (key, filling = {}) =>
    filled(textOf(WORDS[key], language, filling), filling, language);

const isWord = (key: string): key is WordKey => Object.hasOwn(WORDS, key);

/** The text for a name that the API has given; the name itself where the table does not have it yet. */
export const sayNamed = (
  say: Say,
  room: 'kind' | 'fault' | 'step' | 'stepName' | 'moment' | 'decided' | 'outcome',
  name: string,
  filling?: Filling,
): string => {
  const key = `${room}.${name}`;
  return isWord(key) ? say(key, filling) : [name, filling?.['name']].filter(Boolean).join(' ');
};

/** The language for a browser, among the languages of the table. */
export const languageOf = (asked: readonly string[]): Language =>
  asked
    .map((one) => one.slice(0, 2).toLowerCase())
    .find((one): one is Language => LANGUAGES.some((each) => each === one)) ?? 'en';
