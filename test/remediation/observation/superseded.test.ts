import { describe, expect, it } from 'vitest';
import { supersededVersions } from '../../../src/remediation/observation/superseded.ts';

const [monday, tuesday, friday] = ['2026-11-16', '2026-11-17', '2026-11-20'].map((day) => `${day}T00:00:00.000Z`);
const current = { version: 'c', createdOn: friday ?? '' };

describe('The versions before the current one', () => {
  it('come newest first, each with when the one after it was made, in whatever order they are listed', () => {
    const listed = [
      { version: 'a', createdOn: monday ?? '' },
      { version: 'c', createdOn: friday ?? '' },
      { version: 'b', createdOn: tuesday ?? '' },
    ];
    const value = [
      { version: 'b', at: friday },
      { version: 'a', at: tuesday },
    ];
    expect(supersededVersions(listed, current)).toEqual({ kind: 'present', value });
    expect(supersededVersions(listed.toReversed(), current)).toEqual({ kind: 'present', value });
  });

  it('are none where it is the first, or a newer one was made since it was read', () => {
    const newer = { version: 'd', createdOn: '2026-11-21T00:00:00.000Z' };
    expect(supersededVersions([], current)).toEqual({ kind: 'present', value: [] });
    expect(supersededVersions([current, newer], current)).toEqual({ kind: 'present', value: [] });
  });

  it('are unknown where one of them does not state when it was made', () => {
    expect(supersededVersions([{ version: 'a' }], current)).toMatchObject({ kind: 'unknown' });
    expect(
      supersededVersions([{ version: 'a', createdOn: monday ?? '' }], { ...current, createdOn: '' }),
    ).toMatchObject({
      kind: 'unknown',
    });
  });
});
