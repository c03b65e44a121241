import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTimeless, shownIn } from '../../../src/loop/schedule/standing.ts';
import { diagnose } from '../../../src/remediation/diagnosis/diagnose.ts';
import { keyFaults } from '../../../src/remediation/diagnosis/key-faults.ts';
import { absent, type KeyVersionFacts, present, unknown } from '../../../src/remediation/model/facts.ts';
import {
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVersion,
  inDays,
  NOW,
  V1,
  V2,
} from '../../builders/observation.ts';
import { REMEDIATION } from '../../builders/policy.ts';
import { runs } from '../../run/exhaustive.ts';

const later = (days: number): Date => new Date(inDays(days));

const aTime = (min: number, max: number) => fc.option(fc.integer({ min, max }).map(inDays), { nil: undefined });
const facts: fc.Arbitrary<KeyVersionFacts> = fc
  .record({ notBefore: aTime(-60, 30), expiresOn: aTime(-30, 200), enabled: fc.boolean() })
  .map(({ notBefore, expiresOn, enabled }) =>
    aVersion(V1, { enabled, ...(notBefore && { notBefore }), ...(expiresOn && { expiresOn }) }),
  );

describe('A key whose probe is spared', () => {
  it('has the same faults as at the time when it was diagnosed', () => {
    let spared = 0;
    fc.assert(
      fc.property(facts, fc.nat({ max: 90 }), (version, days) => {
        const now = later(days);
        if (!isTimeless(version, NOW, REMEDIATION) || !isTimeless(version, now, REMEDIATION)) return;
        spared += 1;
        const seen = anObservation([version], [aSingleServer('orders'), aFlexibleServer('carts')]);
        const faultsAt = (at: Date) => keyFaults(diagnose(seen, at, REMEDIATION));
        expect(faultsAt(now)).toBe(faultsAt(NOW));
      }),
      { numRuns: Math.max(100, runs(300)) },
    );
    expect(spared).toBeGreaterThan(10);
  });

  it.each([
    ['before its version is active', { notBefore: inDays(1) }],
    ['whose version has expired', { expiresOn: inDays(-1) }],
    ['whose version expires soon', { expiresOn: inDays(1) }],
    ['with a time that is none', { expiresOn: 'soon' }],
  ])('is no key %s', (_when, times) => {
    expect(isTimeless(aVersion(V1, times), NOW, REMEDIATION)).toBe(false);
  });

  it('has one version in use, which exists, in a vault that exists', () => {
    const seen = anObservation([aVersion(V1)], [aSingleServer('orders')]);
    expect(shownIn(seen)).toMatchObject({ key: seen.key, facts: { version: V1 } });
    for (const other of [
      anObservation([aVersion(V1), aVersion(V2)], [aSingleServer('orders')]),
      { ...seen, versions: { [V1]: absent } },
      { ...seen, versions: { [V1]: unknown('it is hidden') } },
      { ...seen, vault: absent },
      { ...seen, loss: present({ kind: 'versionMissing' as const }) },
    ])
      expect(shownIn(other)).toBeUndefined();
  });
});
