import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CASES } from './cases.ts';
import { MOVED } from './moved.ts';
import { DOCUMENT, movedIn, type Recorded, readRecorded } from './recorded.ts';
import { render } from './render.ts';

const [before, after] = [readRecorded('before'), readRecorded('after')];

/** `npm run attacks -- --careful`, in `.ci/run`, plays the present results. */
describe('what a product with default settings does about each thing that breaks', () => {
  it('is recorded of every case, before and after, and nothing else', () => {
    const names = CASES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(before)).toEqual(names);
    expect(Object.keys(after)).toEqual(names);
  });

  it('moved only where it says why, in a sentence', () => {
    expect(Object.keys(MOVED).toSorted()).toEqual(movedIn(before, after).toSorted());
    for (const why of Object.values(MOVED)) expect(why).toMatch(/^[A-Z][^\n]{20,}\.$/);
  });

  it('is what the document says', () => {
    expect(readFileSync(DOCUMENT, 'utf8')).toBe(render(before, after, MOVED));
  });

  it('counts as moved when its fate or its steps are others, or it was played only once', () => {
    const was: Recorded = { a: 'healed (update)', b: 'asked (enableKey)', c: 'nothing' };
    expect(movedIn(was, { a: 'asked (enableKey)', b: 'asked (enableKey)', d: 'nothing' })).toEqual(['a', 'c', 'd']);
  });
});
