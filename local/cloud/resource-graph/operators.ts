/** A value as Kusto's string operators see it: a null value is the empty text, objects are JSON. */
export const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const folded = (value: unknown) => textOf(value).toLowerCase();

const same = (left: unknown, right: unknown): boolean =>
  typeof left === typeof right ? left === right : textOf(left) === textOf(right);

type Operator = (left: unknown, right: unknown) => boolean;

const ordered =
  (test: (difference: number) => boolean): Operator =>
  (left, right) =>
    left !== undefined && left !== null && test(Number(left) - Number(right));

const words = (value: unknown) => folded(value).split(/[^\p{L}\p{N}]+/u);

const POSITIVE: Record<string, Operator> = {
  contains: (left, right) => folded(left).includes(folded(right)),
  startswith: (left, right) => folded(left).startsWith(folded(right)),
  endswith: (left, right) => folded(left).endsWith(folded(right)),
  has: (left, right) => words(left).includes(folded(right)),
};

/** The comparisons of the Kusto query language that are simulated; `~` and the words ignore case. */
export const OPERATORS: Record<string, Operator> = {
  '==': same,
  '!=': (left, right) => !same(left, right),
  '<>': (left, right) => !same(left, right),
  '=~': (left, right) => folded(left) === folded(right),
  '!~': (left, right) => folded(left) !== folded(right),
  '<': ordered((difference) => difference < 0),
  '<=': ordered((difference) => difference <= 0),
  '>': ordered((difference) => difference > 0),
  '>=': ordered((difference) => difference >= 0),
  ...POSITIVE,
  ...Object.fromEntries(
    Object.entries(POSITIVE).map(([name, test]) => [`!${name}`, (left: unknown, right: unknown) => !test(left, right)]),
  ),
};

/** Whether a value is in a list. */
export const MEMBERSHIPS: Record<string, (value: unknown, list: unknown[]) => boolean> = {
  in: (value, list) => list.some((each) => same(value, each)),
  '!in': (value, list) => !list.some((each) => same(value, each)),
  'in~': (value, list) => list.some((each) => folded(value) === folded(each)),
  '!in~': (value, list) => !list.some((each) => folded(value) === folded(each)),
};
