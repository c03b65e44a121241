import { keyNameOf, nameOf } from './names.ts';

/**
 * A part of a sentence. `full` is the address for which a name in `text` stands; `at` is an instant, which each reader sees in
 * the reader's own zone.
 */
export type Part = { readonly text: string; readonly full?: string; readonly at?: string };

const MEANT =
  /https:\/\/[^\s/]+\/keys\/[\w/-]+|\/subscriptions\/[\w./()-]*[\w)]|\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/gi;

const short = (address: string): string => {
  const key = keyNameOf(address);
  if (!key) return nameOf(address);
  return key.version === undefined ? key.key : `${key.key}/${key.version.slice(0, 8)}`;
};

/** A text of a person may look like an instant and be none: then it stays text. */
const instantOf = (meant: string): Part =>
  Number.isNaN(Date.parse(meant)) ? { text: meant } : { text: meant, at: meant };

const partOf = (meant: string): Part => (/^\d/.test(meant) ? instantOf(meant) : { text: short(meant), full: meant });

/** The same sentence with names in place of the addresses of keys and resources, and with its instants as parts of their own. */
export const partsOf = (sentence: string): readonly Part[] => {
  const parts: Part[] = [];
  let at = 0;
  for (const { 0: meant, index } of sentence.matchAll(MEANT)) {
    if (index > at) parts.push({ text: sentence.slice(at, index) });
    parts.push(partOf(meant));
    at = index + meant.length;
  }
  if (at < sentence.length) parts.push({ text: sentence.slice(at) });
  return parts;
};
