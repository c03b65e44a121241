import { pathFor } from './callers.ts';
import type { DoorAnswer, DoorRequest } from './door.ts';

type Asked = DoorRequest<Readonly<Record<string, unknown>>>;

/** The path of a route with these parameters. A caller with a function key gets the twin of the route, below `/api/keyed`. */
export const linkTo = (
  route: string,
  { caller }: Pick<Asked, 'caller'>,
  query: Readonly<Record<string, unknown>>,
): string => {
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) next.set(name, String(value));
  return `${pathFor(caller, route)}?${next}`;
};

/** The link to the next page: the same query, from that place on. */
export const linkAfter = (
  route: string,
  { caller, query }: Pick<Asked, 'caller' | 'query'>,
  after: string | undefined,
): string | undefined => (after === undefined ? undefined : linkTo(route, { caller }, { ...query, after }));

/** By this mark Excel knows that a file is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

const lastRow = (text: string, link: string): string => {
  const [heading = ''] = text.split('\r\n', 1);
  return `nextLink,${link}${','.repeat(Math.max(0, heading.split(',').length - 2))}\r\n`;
};

/**
 * Comma-separated values. Where there are more lines, the last row has `nextLink` and the path of the next page, and the header
 * `Link` has it too: a table without such a row is complete. `bom`: whether the table begins with a byte order mark.
 */
export const csvAnswer = (text: string, link: string | undefined, bom?: boolean): DoorAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/csv; charset=utf-8', ...(link && { Link: `<${link}>; rel="next"` }) },
  text: `${bom ? BYTE_ORDER_MARK : ''}${text}${link ? lastRow(text, link) : ''}`,
});
