import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';

const root = path.join(import.meta.dirname, '../..');

export type Node = {
  readonly type?: string;
  /** Bytes of the source, from 1. */
  readonly span?: { readonly start: number; readonly end: number };
  readonly [member: string]: unknown;
};

/** Every node of a syntax tree, in no order that counts. */
export function* nodesIn(tree: unknown): Generator<Node> {
  const waiting: unknown[] = [tree];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (typeof one !== 'object' || one === null) continue;
    if ('type' in one) yield one as Node;
    waiting.push(...Object.values(one));
  }
}

export type Source = { readonly file: string; readonly text: string };

/** The sources that a pattern finds, by their path from the root of the repository. */
export const sourcesOf = (pattern: string): readonly Source[] =>
  globSync(pattern, { cwd: root }).map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

/** Every node of a source. */
export const parsed = ({ file, text }: Source): readonly Node[] => [
  ...nodesIn(parseSync(text, { syntax: 'typescript', tsx: file.endsWith('.tsx'), target: 'es2022' })),
];
