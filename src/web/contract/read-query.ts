import type * as z from 'zod/mini';
import { refusal } from '../door.ts';
import { faultsOf, words } from '../fault-words.ts';
import type { ParsedBody } from '../parse-body.ts';
import type { ContractRow } from './row.ts';

/** The Functions host reads its key from this parameter. */
const OF_HOST = 'code';

const LONGEST = 100;

const refused = (message: string): ParsedBody<never> => ({
  kind: 'refused',
  answer: refusal(400, 'BadRequest', message),
});

const shown = (names: readonly string[]): string => names.map((name) => `'${name.slice(0, LONGEST)}'`).join(', ');

const SHOWN = 10;

const knownOf = ({ query }: Pick<ContractRow, 'query'>): string => {
  const names = Object.keys(query.def.shape);
  return names.length === 0 ? 'This takes none' : `There are ${names.join(', ')}`;
};

const unknownIn = ({ issues }: z.core.$ZodError): readonly string[] =>
  issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : [])).slice(0, SHOWN);

/**
 * Reads the query by the row of a route. A parameter that is unknown, given twice, or has a value that is not understood is
 * refused, and the answer names what is allowed. Else a caller who misspells a filter would take the whole list for the filtered
 * one.
 */
export const readQuery = <Query extends z.ZodMiniObject>(
  row: { readonly query: Query },
  sent: URLSearchParams,
): ParsedBody<z.infer<Query>> => {
  const names = [...new Set(sent.keys())].filter((name) => name !== OF_HOST);
  const twice = Object.keys(row.query.def.shape).filter((name) => sent.getAll(name).length > 1);
  if (twice.length > 0) return refused(`The parameter ${shown(twice)} is given more than once. Give it once.`);
  const parsed = row.query.safeParse(Object.fromEntries(names.map((name) => [name, sent.get(name)])), { error: words });
  if (parsed.success) return { kind: 'value', value: parsed.data as z.infer<Query> };
  const unknown = unknownIn(parsed.error);
  if (unknown.length > 0) return refused(`There is no parameter ${shown(unknown)}. ${knownOf(row)}.`);
  return refused(`The query is not understood. ${faultsOf(parsed.error)}.`);
};
