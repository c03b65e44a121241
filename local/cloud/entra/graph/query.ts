import { GraphError } from './graph-error.ts';

const SERVED = ['$filter', '$select', '$top', '$skiptoken'];
const PAGE = 100;

const unsupported = (message: string) => new GraphError(400, 'Request_UnsupportedQuery', message);

/** `name eq 'text'`, in which a quote is doubled: the only form of filter that this cloud plays. */
const filterOf = (text: string, filterable: readonly string[]): ((one: object) => boolean) => {
  const [, name = '', value = ''] = /^(\w+) eq '((?:[^']|'')*)'$/.exec(text.trim()) ?? [];
  if (!filterable.includes(name)) throw unsupported(`Unsupported or invalid query filter clause specified: '${text}'.`);
  const wanted = value.replaceAll("''", "'").toLowerCase();
  return (one) => String((one as Record<string, unknown>)[name] ?? '').toLowerCase() === wanted;
};

/** The properties of an object that `$select` names; all properties without a `$select`. */
export const selected = (one: object, query: URLSearchParams): object => {
  const names = query.get('$select')?.split(',');
  if (!names) return one;
  const unknown = names.find((name) => !(name in one));
  if (unknown) throw new GraphError(400, 'BadRequest', `Could not find a property named '${unknown}'.`);
  return Object.fromEntries(Object.entries(one).filter(([name]) => names.includes(name)));
};

export type Listing = { query: URLSearchParams; path: string; filterable: readonly string[] };

/** One page of a collection, with the link to the next. */
export const listed = (all: readonly object[], { query, path, filterable }: Listing): object => {
  const stranger = [...query.keys()].find((name) => !SERVED.includes(name));
  if (stranger) throw unsupported(`The query specified in the URI is not valid: '${stranger}' is not played here.`);
  const filter = query.get('$filter');
  const wanted = filter === null ? all : all.filter(filterOf(filter, filterable));
  const [top, from] = [Number(query.get('$top') ?? PAGE), Number(query.get('$skiptoken') ?? 0)];
  const value = wanted.slice(from, from + top).map((one) => selected(one, query));
  if (from + top >= wanted.length) return { value };
  const next = new URLSearchParams(query);
  next.set('$skiptoken', String(from + top));
  return { '@odata.nextLink': `https://graph.microsoft.com${path}?${next}`, value };
};
