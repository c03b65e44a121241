import { textOf } from './operators.ts';

type Values = unknown[];

const isNothing = (value: unknown) => value === undefined || value === null;
const isEmpty = (value: unknown) => isNothing(value) || value === '' || (Array.isArray(value) && value.length === 0);

const boolOf = (value: unknown): boolean | null => {
  const text = textOf(value).toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
};

const numberOf = (value: unknown): number | null => {
  const text = textOf(value).trim();
  return text === '' || Number.isNaN(Number(text)) ? null : Number(text);
};

const intOf = (value: unknown): number | null => {
  const number = numberOf(value);
  return number === null ? null : Math.trunc(number);
};

/** `case(predicate, then, …, else)`: the first true predicate decides. */
const caseOf = (values: Values): unknown => {
  for (let i = 0; i + 1 < values.length; i += 2) if (values[i] === true) return values[i + 1];
  return values.at(-1);
};

/** A function with the least and the most number of its arguments. */
type Known = { least: number; most: number; run(values: Values): unknown };

const of = (least: number, most: number, run: (...values: Values) => unknown): Known => ({
  least,
  most,
  run: (values) => run(...values),
});

/** The scalar functions of the Kusto query language that are simulated, by lower-case name. */
export const FUNCTIONS: Record<string, Known> = {
  tostring: of(1, 1, textOf),
  tolower: of(1, 1, (value) => textOf(value).toLowerCase()),
  toupper: of(1, 1, (value) => textOf(value).toUpperCase()),
  tobool: of(1, 1, boolOf),
  toint: of(1, 1, intOf),
  tolong: of(1, 1, intOf),
  isempty: of(1, 1, isEmpty),
  isnotempty: of(1, 1, (value) => !isEmpty(value)),
  isnull: of(1, 1, isNothing),
  isnotnull: of(1, 1, (value) => !isNothing(value)),
  not: of(1, 1, (value) => value !== true),
  iff: of(3, 3, (test, then, otherwise) => (test === true ? then : otherwise)),
  case: { least: 3, most: 99, run: caseOf },
  coalesce: { least: 2, most: 64, run: (values) => values.find((value) => !isEmpty(value)) ?? values.at(-1) },
  strcat: { least: 1, most: 64, run: (values) => values.map(textOf).join('') },
  array_length: of(1, 1, (value) => (Array.isArray(value) ? value.length : null)),
};
