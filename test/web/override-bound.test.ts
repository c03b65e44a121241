import { describe, expect, it } from 'vitest';
import type { DoNotHeal, Pause } from '../../src/store/overrides.ts';
import { MOST_OVERRIDES, tooMany } from '../../src/web/override-bound.ts';

const many = <One>(make: (n: number) => One): readonly One[] =>
  Array.from({ length: MOST_OVERRIDES }, (_, n) => make(n));
const GROUP = '/subscriptions/00000000-0000-4000-8000-000000000001/resourcegroups/data';
const override = (n: number): Pause => ({ by: 'ada', why: `migration ${n}` });
const everything = many(override);
const scoped = many((n): Pause => ({ ...override(n), scope: GROUP }));
const records = many(
  (n): DoNotHeal => ({ ...override(n), target: `${GROUP}/providers/microsoft.keyvault/vaults/kv-${n}` }),
);
const new_ = { by: 'ada', why: 'one more' };

const code = (answer: ReturnType<typeof tooMany>) =>
  answer && { status: answer.status, code: (answer.body as { error: { code: string } }).error.code };
const REFUSED = { status: 409, code: 'TooManyOverrides' };

describe('Overrides in force', () => {
  it('have an upper bound, which pauses of scopes and records share', () => {
    const standing = { pauses: scoped.slice(1), doNotHeal: records.slice(0, 1) };
    expect(code(tooMany(standing, { ...new_, scope: GROUP }))).toEqual(REFUSED);
    expect(code(tooMany(standing, { ...new_, target: GROUP }))).toEqual(REFUSED);
    expect(tooMany({ ...standing, doNotHeal: [] }, { ...new_, target: GROUP })).toBeUndefined();
  });

  it('never stand in the way of a pause of everything, which has a bound of its own', () => {
    expect(tooMany({ pauses: scoped, doNotHeal: records }, new_)).toBeUndefined();
    expect(code(tooMany({ pauses: everything, doNotHeal: [] }, new_))).toEqual(REFUSED);
    expect(tooMany({ pauses: everything, doNotHeal: [] }, { ...new_, scope: GROUP })).toBeUndefined();
  });

  it('may be given once more as they stand: that adds none', () => {
    expect(tooMany({ pauses: everything, doNotHeal: [] }, override(3))).toBeUndefined();
  });

  it('do not count where they have ended', () => {
    const ended = everything.map((one) => ({ ...one, until: '2020-01-01T00:00:00.000Z' }));
    expect(tooMany({ pauses: ended, doNotHeal: [] }, new_)).toBeUndefined();
  });
});
