import { keyNameOf, nameOf } from './names.ts';

/**
 * A part of a sentence. `full` is what `text` stands for where it is a name instead of an address, `at` the instant that it is, which
 * is for each reader to have in their own zone.
 */
export type Part = { readonly text: string; readonly full?: string; readonly at?: string };

const MEANT =
  /https:\/\/[^\s/]+\/keys\/[\w/-]+|\/subscriptions\/[\w./()-]*[\w)]|\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/gi;

const short = (address: string): string => {
  const key = keyNameOf(address);
  if (!key) return nameOf(address);
  return key.version === undefined ? key.key : `${key.key}/${key.version.slice(0, 8)}`;
};

/** What somebody has written in the form of an instant need not be one: nobody could show it as a time. */
const instantOf = (meant: string): Part =>
  Number.isNaN(Date.parse(meant)) ? { text: meant } : { text: meant, at: meant };

const partOf = (meant: string): Part => (/^\d/.test(meant) ? instantOf(meant) : { text: short(meant), full: meant });

/** The same sentence with names where it has addresses of keys and resources, and with its instants apart. */
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
