import type { Cursor } from './cursor.ts';
import { FUNCTIONS } from './functions.ts';
import { MEMBERSHIPS, OPERATORS } from './operators.ts';
import { QueryError } from './query-error.ts';

export type Row = Record<string, unknown>;

/** An expression that can be evaluated for a row. */
export type Expression = (row: Row) => unknown;

/** An entry of a table; names such as `constructor` are none. */
export const own = <T>(table: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** Reads one expression; a column that is not among `columns` is refused, as the service does. */
export const readExpression = (cursor: Cursor, columns: ReadonlySet<string>): Expression => {
  const left = readConjunction(cursor, columns);
  if (!cursor.take('or')) return left;
  const right = readExpression(cursor, columns);
  return (row) => left(row) === true || right(row) === true;
};

const readConjunction = (cursor: Cursor, columns: ReadonlySet<string>): Expression => {
  const left = readComparison(cursor, columns);
  if (!cursor.take('and')) return left;
  const right = readConjunction(cursor, columns);
  return (row) => left(row) === true && right(row) === true;
};

const readComparison = (cursor: Cursor, columns: ReadonlySet<string>): Expression => {
  const left = readOperand(cursor, columns);
  const sign = cursor.peek()?.text ?? '';
  const compare = own(OPERATORS, sign);
  const isMember = own(MEMBERSHIPS, sign);
  if (cursor.peek()?.kind === 'text' || (!compare && !isMember)) return left;
  cursor.next();
  if (compare) {
    const right = readOperand(cursor, columns);
    return (row) => compare(left(row), right(row));
  }
  cursor.expect('(');
  const list = readList(cursor, columns);
  return (row) =>
    isMember?.(
      left(row),
      list.map((each) => each(row)),
    );
};

const LITERALS: Record<string, unknown> = { true: true, false: false, null: null };

const readOperand = (cursor: Cursor, columns: ReadonlySet<string>): Expression => {
  if (cursor.take('(')) {
    const inner = readExpression(cursor, columns);
    cursor.expect(')');
    return inner;
  }
  const { kind, text } = cursor.next();
  if (kind === 'text') return () => text;
  if (kind === 'number') return () => Number(text);
  if (kind === 'sign') throw new QueryError('invalid', `a value is expected, not '${text}'`);
  if (cursor.take('(')) return readCall(cursor, columns, text);
  if (Object.hasOwn(LITERALS, text)) return () => LITERALS[text];
  return readPath(cursor, columns, text);
};

const readCall = (cursor: Cursor, columns: ReadonlySet<string>, name: string): Expression => {
  const known = own(FUNCTIONS, name);
  if (!known) throw new QueryError('not simulated', `the function '${name}'`);
  const values = readList(cursor, columns);
  if (values.length < known.least || values.length > known.most)
    throw new QueryError('invalid', `the function '${name}' does not take ${values.length} arguments`);
  return (row) => known.run(values.map((each) => each(row)));
};

/** Expressions up to the closing parenthesis. */
const readList = (cursor: Cursor, columns: ReadonlySet<string>): Expression[] => {
  const list: Expression[] = [];
  if (cursor.take(')')) return list;
  do list.push(readExpression(cursor, columns));
  while (cursor.take(','));
  cursor.expect(')');
  return list;
};

/** `properties.a['b'][0]`: names of properties are case-sensitive, an absent property is null. */
const readPath = (cursor: Cursor, columns: ReadonlySet<string>, column: string): Expression => {
  if (!columns.has(column)) throw new QueryError('invalid', `failed to resolve the column '${column}'`);
  const steps: string[] = [column];
  while (cursor.peek()?.kind === 'sign' && ['.', '['].includes(cursor.peek()?.text ?? '')) {
    if (cursor.take('.')) steps.push(cursor.name());
    else {
      cursor.expect('[');
      steps.push(cursor.next().text);
      cursor.expect(']');
    }
  }
  return (row) => steps.reduce<unknown>((value, step) => stepInto(value, step), row) ?? null;
};

const stepInto = (value: unknown, step: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? (value as Row)[step] : undefined;
