import type { Cursor } from './cursor.ts';
import { type Expression, type Row, readExpression } from './expression.ts';
import { textOf } from './operators.ts';
import { QueryError } from './query-error.ts';

/** A step of a query, and the columns after it. */
export type Stage = { columns: Set<string>; run(rows: Row[]): Row[] };

type ReadStage = (cursor: Cursor, columns: ReadonlySet<string>) => Stage;

const where: ReadStage = (cursor, columns) => {
  const test = readExpression(cursor, columns);
  return { columns: new Set(columns), run: (rows) => rows.filter((row) => test(row) === true) };
};

type Assignment = { name: string; value: Expression };

/** `name = expression`, or the name of a column alone. */
const readAssignments = (cursor: Cursor, columns: ReadonlySet<string>): Assignment[] => {
  const assignments: Assignment[] = [];
  do {
    const name = cursor.name();
    if (cursor.take('=')) assignments.push({ name, value: readExpression(cursor, columns) });
    else if (columns.has(name)) assignments.push({ name, value: (row) => row[name] });
    else throw new QueryError('invalid', `failed to resolve the column '${name}'`);
  } while (cursor.take(','));
  return assignments;
};

const valuesOf = (assignments: Assignment[], row: Row): Row =>
  Object.fromEntries(assignments.map(({ name, value }) => [name, value(row) ?? null]));

const extend: ReadStage = (cursor, columns) => {
  const assignments = readAssignments(cursor, columns);
  return {
    columns: new Set([...columns, ...assignments.map(({ name }) => name)]),
    run: (rows) => rows.map((row) => ({ ...row, ...valuesOf(assignments, row) })),
  };
};

const project: ReadStage = (cursor, columns) => {
  const assignments = readAssignments(cursor, columns);
  return {
    columns: new Set(assignments.map(({ name }) => name)),
    run: (rows) => rows.map((row) => valuesOf(assignments, row)),
  };
};

const compared = (a: unknown, b: unknown): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [textOf(a), textOf(b)];
  return left < right ? -1 : Number(left > right);
};

/** Descending unless it says `asc`, as Kusto does. */
const orderBy: ReadStage = (cursor, columns) => {
  cursor.expect('by');
  const keys: { value: Expression; sign: number }[] = [];
  do {
    const value = readExpression(cursor, columns);
    const isAscending = cursor.take('asc');
    if (!isAscending) cursor.take('desc');
    keys.push({ value, sign: isAscending ? 1 : -1 });
  } while (cursor.take(','));
  const compare = (a: Row, b: Row) => {
    for (const { value, sign } of keys) {
      const difference = compared(value(a), value(b));
      if (difference !== 0) return difference * sign;
    }
    return 0;
  };
  return { columns: new Set(columns), run: (rows) => [...rows].sort(compare) };
};

const take: ReadStage = (cursor, columns) => {
  const { kind, text } = cursor.next();
  if (kind !== 'number') throw new QueryError('invalid', `a number is expected, not '${text}'`);
  return { columns: new Set(columns), run: (rows) => rows.slice(0, Number(text)) };
};

/** One row for each item; a row without items is dropped, as in Kusto. */
const mvExpand: ReadStage = (cursor, columns) => {
  const assignments = readAssignments(cursor, columns);
  const [{ name, value } = { name: '', value: () => null }] = assignments;
  if (assignments.length !== 1) throw new QueryError('not simulated', 'mv-expand of more than one column');
  const itemsOf = (row: Row): unknown[] => {
    const list = value(row);
    return Array.isArray(list) ? list : [];
  };
  return {
    columns: new Set([...columns, name]),
    run: (rows) => rows.flatMap((row) => itemsOf(row).map((item) => ({ ...row, [name]: item }))),
  };
};

/** The operators of the Kusto query language that are simulated. */
export const STAGES: Record<string, ReadStage> = {
  where,
  extend,
  project,
  order: orderBy,
  sort: orderBy,
  take,
  limit: take,
  'mv-expand': mvExpand,
};
