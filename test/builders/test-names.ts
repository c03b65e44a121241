import { readFileSync } from 'node:fs';
import { parseSync } from '@swc/core';

type Node = { readonly type: string; readonly [field: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const childrenOf = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];

/** The first name of a callee: `describe`, `describe.each(…)`, `it.each(…)`. */
const rootName = (callee: unknown): string | undefined => {
  if (!isNode(callee)) return undefined;
  if (callee.type === 'Identifier') return String(callee['value']);
  if (callee.type === 'MemberExpression') return rootName(callee['object']);
  if (callee.type === 'CallExpression') return rootName(callee['callee']);
  return undefined;
};

type Argument = { readonly expression: Node };

const titleOf = ([first]: readonly Argument[]): string | undefined =>
  first?.expression.type === 'StringLiteral' ? String(first.expression['value']) : undefined;

const collect = (value: unknown, above: readonly string[], names: string[]): void => {
  if (isNode(value) && value.type === 'CallExpression') {
    const root = rootName(value['callee']);
    const title = titleOf(value['arguments'] as readonly Argument[]);
    const isTest = root === 'it' || root === 'repeated';
    if (title !== undefined && isTest) names.push([...above, title].join(' '));
    const below = title !== undefined && root === 'describe' ? [...above, title] : above;
    for (const child of childrenOf(value)) collect(child, below, names);
    return;
  }
  for (const child of childrenOf(value)) collect(child, above, names);
};

/** The full name of every test that a file writes, as Vitest joins it; of `it.each`, with its %s. */
export const testNamesIn = (file: string): readonly string[] => {
  const names: string[] = [];
  collect(parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript', target: 'es2022' }), [], names);
  return names;
};
