import { keyNameOf, nameOf } from './names.ts';

/**
 * A part of a sentence. `full` is the address for which a name in `text` stands; `at` is an instant, which each reader sees in
 * the reader's own zone.
 */
export type Part = { readonly text: string; readonly full?: string; readonly at?: string };

/** A command in backticks, the address of a key, that of a resource, or an instant. */
const MEANT =
  /`[^`]*`|https:\/\/[^\s/]+\/keys\/[\w/-]+|\/subscriptions\/[\w./()-]*[\w)]|\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/gi;

const short = (address: string): string => {
  const key = keyNameOf(address);
  if (!key) return nameOf(address);
  return key.version === undefined ? key.key : `${key.key}/${key.version.slice(0, 8)}`;
};

/** A text of a person may look like an instant and be none: then it stays text. */
const instantOf = (meant: string): Part =>
  Number.isNaN(Date.parse(meant)) ? { text: meant } : { text: meant, at: meant };

/** A name that several addresses of the sentence have does not tell which of them is meant: there the address stays. */
const addressOf = (meant: string, all: readonly string[]): Part => {
  const isOther = (one: string) => short(one) === short(meant) && one.toLowerCase() !== meant.toLowerCase();
  return all.some(isOther) ? { text: meant } : { text: short(meant), full: meant };
};

/** A reader copies a command: it stays as it is. */
const partOf = (meant: string, all: readonly string[]): Part => {
  if (meant.startsWith('`')) return { text: meant };
  return /^\d/.test(meant) ? instantOf(meant) : addressOf(meant, all);
};

/** The same sentence with names in place of the addresses of keys and resources, and with its instants as parts of their own. */
export const partsOf = (sentence: string): readonly Part[] => {
  const parts: Part[] = [];
  const found = [...sentence.matchAll(MEANT)];
  const addresses = found.map(([meant]) => meant).filter((meant) => /^[h/]/i.test(meant));
  let at = 0;
  for (const { 0: meant, index } of found) {
    if (index > at) parts.push({ text: sentence.slice(at, index) });
    parts.push(partOf(meant, addresses));
    at = index + meant.length;
  }
  if (at < sentence.length) parts.push({ text: sentence.slice(at) });
  return parts;
};
