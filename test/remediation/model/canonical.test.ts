import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, isSameJson, type Json, sha256 } from '../../../src/remediation/model/canonical.ts';

const shuffled = (value: Json): Json => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(shuffled);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, inner]) => [name, shuffled(inner)]),
  );
};

it('Equal values have equal canonical text, in whatever order their members were written', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(shuffled(value as Json))).toBe(canonicalJson(value as Json));
    }),
  );
});

/** As a program holds it: with members that are undefined. */
const withGaps = (value: Json): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withGaps);
  const members = Object.entries(value).map(([name, inner]) => [name, withGaps(inner)] as const);
  return Object.fromEntries([['gap', undefined], ...members]);
};

it('Two values are the same where their canonical text is, and only there', () => {
  const few = fc.jsonValue({ maxDepth: 2 });
  const like = few.chain((value) => fc.tuple(fc.constant(value), fc.oneof(few, fc.constant(value))));
  fc.assert(
    fc.property(like, ([one, other]) => {
      const isSame = canonicalJson(one as Json) === canonicalJson(other as Json);
      expect(isSameJson(withGaps(one as Json), shuffled(other as Json))).toBe(isSame);
    }),
  );
  for (const [one, other] of [
    [[], {}],
    [[1], [1, 2]],
    [null, {}],
    [{ a: 1 }, { b: 1 }],
    [{ toString: 1 }, {}],
  ])
    expect(isSameJson(one, other)).toBe(false);
});

it('Canonical text is JSON of the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('The order of a list is part of the value', () => {
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
});

it('SHA-256 is that of the standard', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
