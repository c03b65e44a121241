import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration } from '../../../src/remediation/model/duration.ts';
import type { KeyVersionFacts } from '../../../src/remediation/model/facts.ts';
import { LATEST_EXPIRY, newExpiry } from '../../../src/remediation/observation/extend-expiry.ts';
import { aVersion, inDays, NOW, V1 } from '../../builders/observation.ts';

const LIMITS = { period: 'P1Y', maximumAge: 'P5Y', threshold: 'P30D' };
const expiryOf = (version: Partial<KeyVersionFacts>, limits = LIMITS, now = NOW) =>
  newExpiry(aVersion(V1, version), limits, now);
const set = (expiresOn: string) => ({ kind: 'set', expiresOn: new Date(expiresOn) });

describe('The new expiry of a version', () => {
  it('that expired is a period from now', () => {
    expect(expiryOf({ expiresOn: inDays(-1) })).toEqual(set('2027-11-22T12:00:00Z'));
  });
  it('is in whole seconds, as Key Vault keeps it', () => {
    const now = new Date('2026-11-22T12:00:00.789Z');
    expect(expiryOf({ expiresOn: inDays(-1) }, LIMITS, now)).toEqual(set('2027-11-22T12:00:00Z'));
  });
  it('that never expires, or not soon, is left alone', () => {
    expect(expiryOf({})).toEqual({ kind: 'noDrift' });
    expect(expiryOf({ expiresOn: inDays(31) })).toEqual({ kind: 'noDrift' });
  });
  it('is never beyond its greatest age', () => {
    const createdOn = '2022-01-01T00:00:00Z';
    expect(expiryOf({ createdOn, expiresOn: inDays(-1) })).toEqual(set('2027-01-01T00:00:00Z'));
  });
  it('is never beyond what the SDK can write', () => {
    const limits = { ...LIMITS, period: 'P50Y', maximumAge: 'P100Y' };
    expect(expiryOf({ expiresOn: inDays(-1) }, limits)).toEqual(set(LATEST_EXPIRY.toISOString()));
    expect(LATEST_EXPIRY.getTime() / 1000).toBeLessThan(2 ** 31);
  });
});

describe('No new expiry is set', () => {
  it('on a disabled version', () => {
    const answer = expiryOf({ enabled: false, expiresOn: inDays(-1) });
    expect(answer).toEqual({ kind: 'blocked', why: expect.stringContaining('is disabled; enable it first') });
  });
  it('on an expired version of the greatest age: a new version has to be made', () => {
    const answer = expiryOf({ createdOn: '2021-01-01T00:00:00Z', expiresOn: inDays(-1) });
    expect(answer).toEqual({ kind: 'blocked', why: expect.stringContaining('create a new version') });
  });
  it('twice: the second time there is nothing left to do', () => {
    const createdOn = '2021-12-01T00:00:00Z';
    const first = expiryOf({ createdOn, expiresOn: inDays(-1) });
    expect(first).toEqual(set('2026-12-01T00:00:00Z'));
    expect(expiryOf({ createdOn, expiresOn: '2026-12-01T00:00:00Z' })).toEqual({ kind: 'noDrift' });
  });
  it('by a period that would be near expiry again at once', () => {
    const answer = expiryOf({ expiresOn: inDays(-1) }, { ...LIMITS, period: 'P30D' });
    expect(answer).toEqual({ kind: 'blocked', why: expect.stringContaining('set a longer one') });
  });
});

it('Whatever is set lies after now and after the present expiry, within all limits, and is set once', () => {
  const day = fc.integer({ min: -4000, max: 4000 });
  fc.assert(
    fc.property(
      day,
      day,
      fc.integer({ min: 1, max: 15 }),
      fc.integer({ min: 1, max: 30 }),
      (created, expires, years, age) => {
        const limits = { ...LIMITS, period: `P${years}Y`, maximumAge: `P${age}Y` };
        const version = { createdOn: inDays(created), expiresOn: inDays(expires) };
        const answer = expiryOf(version, limits);
        if (answer.kind !== 'set') return;
        const { expiresOn } = answer;
        expect(expiresOn > NOW && expiresOn > new Date(version.expiresOn)).toBe(true);
        expect(expiresOn <= addDuration(NOW, limits.period) && expiresOn <= LATEST_EXPIRY).toBe(true);
        expect(expiresOn <= addDuration(new Date(version.createdOn), limits.maximumAge)).toBe(true);
        expect(expiryOf({ ...version, expiresOn: expiresOn.toISOString() }, limits)).toEqual({ kind: 'noDrift' });
      },
    ),
    { numRuns: 2000 },
  );
});
