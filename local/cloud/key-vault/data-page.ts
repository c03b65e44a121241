import { AzureError } from '../arm/error.ts';
import type { Answer, Call } from '../service.ts';

/** The most that the data plane puts on one page; `maxresults` asks for less. */
const LARGEST_PAGE = 25;

const pageSize = (asked: string | null): number => {
  const size = Number(asked ?? LARGEST_PAGE);
  if (Number.isInteger(size) && size >= 1 && size <= LARGEST_PAGE) return size;
  throw new AzureError(400, 'BadParameter', `Invalid maxresults: ${asked}. It must be 1 to ${LARGEST_PAGE}.`);
};

/** A page of a list of keys may hold fewer keys than the request asked for, though more pages follow. */
export type Pages = 'full' | 'short';

const sizeOf = (call: Call, from: number, pages: Pages): number => {
  const size = pageSize(call.query.get('maxresults'));
  return pages === 'short' ? (from * 7 + 3) % (size + 1) || 1 : size;
};

/** One page of a data-plane list; `nextLink` is null on the last one. */
export const dataPage = (call: Call, items: unknown[], pages: Pages = 'full'): Answer => {
  const from = Number(call.query.get('$skiptoken') ?? 0);
  const size = sizeOf(call, from, pages);
  const value = items.slice(from, from + size);
  if (from + size >= items.length) return { status: 200, body: { value, nextLink: null } };
  const query = new URLSearchParams(call.query);
  query.set('$skiptoken', String(from + size));
  return { status: 200, body: { value, nextLink: `https://${call.host}${call.path}?${query}` } };
};
