import type { Answer, Call } from '../service.ts';

/**
 * One page of a list with ARM's `nextLink`. The mark in `$skiptoken` is the position where the next page begins; `$top` asks for
 * smaller pages than `size`. Only the items of this page are converted to JSON.
 */
export const page = <Item>(
  call: Call,
  items: Item[],
  size = 100,
  show: (item: Item) => unknown = (item) => item,
): Answer => {
  const from = Number(call.query.get('$skiptoken') ?? 0) || 0;
  const top = Math.min(Number(call.query.get('$top') ?? size) || size, size);
  const value = items.slice(from, from + top).map(show);
  if (from + top >= items.length) return { status: 200, body: { value } };
  const query = new URLSearchParams(call.query);
  query.set('$skiptoken', String(from + top));
  return { status: 200, body: { value, nextLink: `https://${call.host}${call.path}?${query}` } };
};
