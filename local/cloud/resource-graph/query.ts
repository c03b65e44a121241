import { createCursor } from './cursor.ts';
import { own, type Row } from './expression.ts';
import { QueryError } from './query-error.ts';
import { STAGES, type Stage } from './stages.ts';

export type Table = 'resources' | 'authorizationresources';

/** A query that can be run. `columns` are those of its result. */
export type Query = { table: Table; columns: Set<string>; run(rows: Row[]): Row[] };

/** The columns that every row of a table has. */
const COLUMNS = [
  ...['id', 'name', 'type', 'tenantId', 'kind', 'location', 'resourceGroup', 'subscriptionId', 'managedBy', 'sku'],
  ...['plan', 'properties', 'tags', 'identity', 'zones', 'extendedLocation'],
];

/** Reads a query of Resource Graph; throws a QueryError that names the mistake or the part that this cloud cannot play. */
export const parseQuery = (text: string): Query => {
  const cursor = createCursor(text);
  const first = cursor.name();
  const table = first.toLowerCase();
  if (table !== 'resources' && table !== 'authorizationresources')
    throw new QueryError('not simulated', `the table '${first}'`);
  const stages: Stage[] = [];
  let columns = new Set(COLUMNS);
  while (cursor.take('|')) {
    const name = cursor.name();
    const read = own(STAGES, name);
    if (!read) throw new QueryError('not simulated', `the operator '${name}'`);
    const stage = read(cursor, columns);
    columns = stage.columns;
    stages.push(stage);
  }
  const rest = cursor.peek();
  if (rest) throw new QueryError('not simulated', `what begins with '${rest.text}'`);
  return { table, columns, run: (rows) => stages.reduce((sofar, stage) => stage.run(sofar), rows) };
};
