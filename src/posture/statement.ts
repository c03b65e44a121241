import { RIGHTS_ROW } from './lines-of-rights.ts';
import { ROWS } from './rows.ts';

const STATEMENTS: ReadonlyMap<string, string> = new Map([
  ...ROWS.map(({ id, statement }) => [id, statement] as const),
  ['coverage', 'The product sees what it watches, and could repair it'],
  [RIGHTS_ROW, 'The product may do no more than its role says'],
]);

/** The statement of a row of the report; empty for a row that only another version of the product knows. */
export const statementOf = (row: string): string => STATEMENTS.get(row) ?? '';
