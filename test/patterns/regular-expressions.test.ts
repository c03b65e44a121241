import { describe, expect, it } from 'vitest';
import { type Node, parsed, sourcesOf } from './syntax.ts';

const sources = sourcesOf('{src,functions}/**/*.ts').map((source) => ({ file: source.file, nodes: parsed(source) }));

const patterns = sources.flatMap(({ file, nodes }) =>
  nodes.flatMap((node) => (node.type === 'RegExpLiteral' ? [{ file, pattern: String(node['pattern']) }] : [])),
);

/** A quantifier that begins here: its length, and whether it repeats (`?` and `{1}` do not); none has length 0. */
const quantifierAt = (pattern: string, at: number): { readonly length: number; readonly repeats: boolean } => {
  const [all, sign, least, comma, most] = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})/.exec(pattern.slice(at)) ?? [];
  if (all === undefined) return { length: 0, repeats: false };
  const limit = sign === '?' ? 1 : sign || (comma && !most) ? Number.POSITIVE_INFINITY : Number(most || least);
  return { length: all.length, repeats: limit > 1 };
};

/** Whether a repeated part contains a repetition: time may then grow faster than any power of the input. */
const nests = (pattern: string): boolean => {
  const open: boolean[] = [false];
  let [at, isClass] = [0, false];
  while (at < pattern.length) {
    const sign = pattern[at];
    let closed = false;
    if (sign === '\\') at += 1;
    else if (isClass) isClass = sign !== ']';
    else if (sign === '[') isClass = true;
    else if (sign === '(') open.push(false);
    else if (sign === ')') closed = open.pop() ?? false;
    at += 1;
    if (isClass || sign === '(') continue;
    const { length, repeats } = quantifierAt(pattern, at);
    if (closed && repeats) return true;
    if (closed || repeats) open[open.length - 1] = true;
    at += length;
  }
  return false;
};

describe('A pattern that runs on input', () => {
  it.each(['(a+)+', '(?:a*b)*', '([a-z]+[.])*$', '((a{2,})?)+', '(a|b+){2,}', '(?:[)]+)*', String.raw`(?:\)*)+`])(
    'nests where it is %s',
    (pattern) => {
      expect(nests(pattern)).toBe(true);
    },
  );
  it.each(['(a+)?', '(?:a)*', 'a+b+', '[(+]+', '(a{1})+', '(?:[^"]|.)*', String.raw`(?:\+)*`, '(?:a+){1}'])(
    'does not where it is %s',
    (pattern) => {
      expect(nests(pattern)).toBe(false);
    },
  );

  it('never nests repetitions', () => {
    expect(patterns.length).toBeGreaterThan(80);
    expect(patterns.filter(({ pattern }) => nests(pattern))).toEqual([]);
  });

  it('is written out, so that it can be seen: only what reads settings makes one of parts', () => {
    const isMade = ({ type, callee }: Node): boolean =>
      (type === 'NewExpression' || type === 'CallExpression') && (callee as Node | undefined)?.['value'] === 'RegExp';
    expect(sources.flatMap(({ file, nodes }) => (nodes.some(isMade) ? [file] : []))).toEqual(['src/config/parse.ts']);
  });
});
