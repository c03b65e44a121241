import { parseSync } from '@swc/core';

/** Real answers of the API, which decide nothing: names in them are no list that people maintain. */
export const ANSWERS_SHOWN = 'src/web/contract/answers/examples.ts';

type Node = { readonly type: string; readonly span?: { readonly start: number }; readonly [name: string]: unknown };

/** A place in a text (line from 1) that names several of the searched names. */
export type NameList = { readonly line: number; readonly names: readonly string[] };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Children of a node; swc wraps the elements of an array and the arguments of a call in objects that are no nodes. */
const childrenOf = (value: unknown): readonly Node[] =>
  typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((child) => (isNode(child) ? [child] : childrenOf(child)))
    : [];

const within = (node: Node): readonly Node[] => [node, ...childrenOf(node).flatMap(within)];

const isFunction = ({ type }: Node): boolean => /Function|Method/.test(type);

/** All parts of a node except the bodies of its functions. */
const told = (node: Node): readonly Node[] => [
  node,
  ...childrenOf(node)
    .filter((child) => !isFunction(child))
    .flatMap(told),
];

const literals = (nodes: readonly Node[]): readonly string[] =>
  nodes.flatMap(({ type, value }) => (type === 'StringLiteral' ? [String(value)] : []));

const nameOf = ({ type, value }: Node): string =>
  type === 'Identifier' || type === 'StringLiteral' ? String(value) : '';

/** Names of the members of an object or of its type, and the words that are their values. */
const members = (node: Node): readonly string[] =>
  childrenOf(node).flatMap((member) => [
    nameOf(isNode(member['key']) ? member['key'] : member),
    ...literals(isNode(member['value']) ? [member['value']] : []),
  ]);

const cases = ({ cases: all }: Node): readonly string[] =>
  (all as readonly Node[]).flatMap(({ test }) => (isNode(test) ? literals([test]) : []));

const isComparison = ({ type, operator }: Node): boolean =>
  type === 'BinaryExpression' && /^[!=]==?$/.test(String(operator));

/** The names that a node lists, by the kind of the node. */
const LISTED: Readonly<Record<string, (node: Node) => readonly string[]>> = {
  ArrayExpression: (node) => literals(told(node)),
  TsTupleType: (node) => literals(told(node)),
  TsUnionType: (node) => literals(told(node)),
  ObjectExpression: members,
  TsTypeLiteral: members,
  TsInterfaceBody: members,
  SwitchStatement: cases,
  StringLiteral: ({ value }) => String(value).match(/\w+/g) ?? [],
};

/** The names with which one statement of a file compares something, anywhere in it. */
const compared = (statement: Node): readonly string[] =>
  within(statement).flatMap((node) => (isComparison(node) ? literals(childrenOf(node)) : []));

/**
 * Places where a TypeScript text lists at least two of these names by hand: as an array, the members of an object or of a type, a
 * union, the cases of a switch, the words of a string, or the comparisons of one top-level statement.
 */
export const nameLists = (text: string, names: ReadonlySet<string>): readonly NameList[] => {
  // Most files name none of them: skipping those saves the time of parsing.
  if ([...names].filter((name) => text.includes(name)).length < 2) return [];
  const { body } = parseSync(text, { syntax: 'typescript', target: 'es2022' });
  const bytes = Buffer.from(text);
  const lineOf = ({ span }: Node): number =>
    bytes
      .subarray(0, (span?.start ?? 1) - 1)
      .toString()
      .split('\n').length;
  const list = (node: Node, all: readonly string[]): readonly NameList[] => {
    const found = [...new Set(all.filter((name) => names.has(name)))];
    return found.length < 2 ? [] : [{ line: lineOf(node), names: found }];
  };
  return (body as unknown as readonly Node[]).flatMap((statement) => [
    ...list(statement, compared(statement)),
    ...within(statement).flatMap((node) => list(node, LISTED[node.type]?.(node) ?? [])),
  ]);
};
