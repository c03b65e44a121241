import { type Node, parsed, type Source } from './syntax.ts';

/** A longer function does more than one thing, or holds a table. */
export const MOST_LINES = 40;

const FUNCTIONS = new Set([
  ...['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'],
  ...['ClassMethod', 'PrivateMethod', 'MethodProperty', 'Constructor'],
]);

const nameIn = (holder: unknown): string | undefined => {
  const { value } = (holder ?? {}) as Node;
  return typeof value === 'string' ? value : undefined;
};

/** The names that variables and members give to the functions that they hold. */
const givenNames = (nodes: readonly Node[]): ReadonlyMap<unknown, string> =>
  new Map(
    nodes.flatMap(({ type, id, init, key, value }) => {
      const name = type === 'VariableDeclarator' ? nameIn(id) : type === 'KeyValueProperty' ? nameIn(key) : undefined;
      return name === undefined ? [] : [[type === 'VariableDeclarator' ? init : value, name] as const];
    }),
  );

const linesOf = (text: Buffer, { span = { start: 1, end: 1 } }: Node): number =>
  text
    .subarray(span.start - 1, span.end - 1)
    .toString()
    .split('\n').length;

/** The functions of a source that have more lines: its file and their name, in the order of their names. */
export const longFunctionsIn = (source: Source): readonly string[] => {
  // Most files are shorter than that: skipping those saves the time of parsing.
  if (source.text.split('\n').length <= MOST_LINES) return [];
  const nodes = parsed(source);
  const names = givenNames(nodes);
  const bytes = Buffer.from(source.text);
  return nodes
    .filter((node) => FUNCTIONS.has(node.type ?? '') && linesOf(bytes, node) > MOST_LINES)
    .map(
      (node) => `${source.file} ${names.get(node) ?? nameIn(node['identifier']) ?? nameIn(node['key']) ?? 'nameless'}`,
    )
    .toSorted();
};
