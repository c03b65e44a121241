import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../builders/citations.ts';

const root = path.join(import.meta.dirname, '../..');
const concepts = readDocument('docs/concepts.md');

const partOf = (heading: string): string => concepts.split(/^(?=## )/m).find((one) => one.startsWith(heading)) ?? '';

const INVARIANTS = [...partOf('## Invariants').matchAll(/^### (.+)$/gm)].map(([, name = '']) => name);

/** The invariants that a text names: a name, or two, follows each use of the word. */
const namedIn = (text: string): readonly string[] =>
  [...text.matchAll(/\binvariants?\b(?:[\s*]+`([\w-]+)`(?:[\s*]+and[\s*]+`([\w-]+)`)?)?/gi)].flatMap(
    ([said, one, other]) => [one ?? said, ...(other === undefined ? [] : [other])],
  );

const rows = [...readDocument('test/README.md').matchAll(/^\| `([a-z-]+)` \|(.*)\|(.*)\|$/gm)].map(
  ([, name = '', ...cells]) => ({
    name,
    files: cells.map((cell) => [...cell.matchAll(/`(test\/[\w./-]+)`/g)].map(([, file = '']) => file)),
  }),
);

/** Where files call an invariant, and by which name. */
const callsIn = (pattern: string): readonly { readonly file: string; readonly name: string }[] =>
  globSync(pattern, { cwd: root })
    .filter((file) => file !== 'test/docs/concepts.test.ts')
    .flatMap((file) => namedIn(readDocument(file)).map((name) => ({ file, name })));

describe('The invariants', () => {
  it('are named as an address of their page can be', () => {
    expect(INVARIANTS.length).toBeGreaterThan(10);
    expect(INVARIANTS.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  });

  it('are each held by a rule and by a story', () => {
    expect(rows.map(({ name }) => name)).toEqual(INVARIANTS);
    expect(rows.filter(({ files }) => files.some((cell) => cell.length === 0))).toEqual([]);
    const named = rows.flatMap(({ files }) => files.flat());
    expect(named.filter((file) => !file.endsWith('.test.ts') || !existsSync(path.join(root, file)))).toEqual([]);
  });

  it('are each named in the product, at the code that holds them', () => {
    const named = new Set(callsIn('{src,functions}/**/*.ts').map(({ name }) => name));
    const nowhere = INVARIANTS.filter((name) => !named.has(name));
    expect(nowhere, 'say "invariant `name`" in a comment at the code that holds it').toEqual([]);
  });

  it('are called by their names, and by names that there are, wherever the code calls one', () => {
    const named = callsIn('{src,functions,local,cli,page,infra,test}/**/*.{ts,tsx}');
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter(({ name }) => !INVARIANTS.includes(name))).toEqual([]);
    expect(namedIn('by invariant 9')).toEqual(['invariant']);
    expect(namedIn('invariants `one` and\n * `another`')).toEqual(['one', 'another']);
  });
});
