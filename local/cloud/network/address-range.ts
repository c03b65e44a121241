import { isIPv4 } from 'node:net';

/** A block of IPv4 addresses as numbers, both ends included. */
export type AddressRange = { first: number; last: number };

const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const textOf = (address: number): string =>
  [16_777_216, 65_536, 256, 1].map((unit) => Math.floor(address / unit) % 256).join('.');

/** `10.60.0.0/26`; undefined for a text that is not a block of IPv4 addresses, or does not begin at its first address. */
export const rangeOf = (prefix: string): AddressRange | undefined => {
  const [address = '', length = ''] = prefix.split('/');
  if (!isIPv4(address) || !/^(?:[0-9]|[12][0-9]|3[0-2])$/.test(length)) return undefined;
  const size = 2 ** (32 - Number(length));
  const first = numberOf(address);
  return first % size === 0 ? { first, last: first + size - 1 } : undefined;
};

export const contains = (outer: AddressRange, inner: AddressRange): boolean =>
  outer.first <= inner.first && inner.last <= outer.last;

export const overlaps = (one: AddressRange, other: AddressRange): boolean =>
  one.first <= other.last && other.first <= one.last;

/** Azure keeps the first four addresses of a subnet and its last one for itself. */
export const freeAddress = (prefix: string, taken: readonly string[]): string | undefined => {
  const range = rangeOf(prefix);
  if (!range) return undefined;
  for (let one = range.first + 4; one < range.last; one += 1) if (!taken.includes(textOf(one))) return textOf(one);
  return undefined;
};
