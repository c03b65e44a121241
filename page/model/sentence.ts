import { keyNameOf, nameOf } from './names.ts';

/** A part of a sentence; `full` is what `text` stands for where it is a name instead of an address. */
export type Part = { readonly text: string; readonly full?: string };

const ADDRESS = /https:\/\/[^\s/]+\/keys\/[\w/-]+|\/subscriptions\/[\w./()-]*[\w)]/gi;

const short = (address: string): string => {
  const key = keyNameOf(address);
  if (!key) return nameOf(address);
  return key.version === undefined ? key.key : `${key.key}/${key.version.slice(0, 8)}`;
};

/** The same sentence with names where it has addresses of keys and resources. */
export const partsOf = (sentence: string): readonly Part[] => {
  const parts: Part[] = [];
  let at = 0;
  for (const { 0: address, index } of sentence.matchAll(ADDRESS)) {
    if (index > at) parts.push({ text: sentence.slice(at, index) });
    parts.push({ text: short(address), full: address });
    at = index + address.length;
  }
  if (at < sentence.length) parts.push({ text: sentence.slice(at) });
  return parts;
};
