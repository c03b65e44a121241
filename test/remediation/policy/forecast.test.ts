import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/remediation/assess.ts';
import { addDuration } from '../../../src/remediation/model/duration.ts';
import { type KeyObservation, present, unknown } from '../../../src/remediation/model/facts.ts';
import type { Known } from '../../../src/remediation/model/known.ts';
import type { PolicyRecords } from '../../../src/remediation/model/records.ts';
import { forecast } from '../../../src/remediation/policy/forecast.ts';
import type { Mode } from '../../../src/remediation/policy/policy-types.ts';
import { aBaseline } from '../../builders/baseline.ts';
import {
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  inDays,
  NOW,
  rotated,
  unstated,
  V1,
  V2,
} from '../../builders/observation.ts';
import { policyIn, REMEDIATION, someRecords } from '../../builders/policy.ts';
import { runs } from '../../run/exhaustive.ts';

const orders = aSingleServer('orders');
const TAG = 'cmk-guardian:do-not-heal';

const expiring = (days: number, changes: Parameters<typeof aVersion>[1] = {}): KeyObservation =>
  anObservation([aVersion(V1, { expiresOn: inDays(days), ...changes })], [orders]);

const knownOf = (days: number): Known => {
  const baseline = aBaseline([orders]);
  return {
    baseline: { ...baseline, expiries: { [`https://contoso.vault.azure.net/keys/mysql-cmk/${V1}`]: inDays(days) } },
  };
};

const asked = (
  observation: KeyObservation,
  { mode = 'auto', records = {}, known = {} }: { mode?: Mode; records?: Partial<PolicyRecords>; known?: Known } = {},
) =>
  forecast(
    observation,
    V1,
    present(someRecords(records)),
    { policy: policyIn(mode), remediation: REMEDIATION },
    NOW,
    known,
  );

describe('What becomes of a version that expires', () => {
  it('is an extension as soon as it is near, until as long after that as is configured', () => {
    expect(asked(expiring(60))).toMatchObject({
      kind: 'extends',
      at: inDays(30),
      until: addDuration(new Date(inDays(30)), 'P1Y').toISOString(),
      sentence: expect.stringMatching(/^By itself: .* It is then valid until /),
    });
  });

  it('is an extension now where it is near already, or has expired', () => {
    for (const days of [5, -5]) expect(asked(expiring(days))).toMatchObject({ kind: 'extends', at: NOW.toISOString() });
  });

  it('is asked in mode approve, and nothing in mode observe, with the reason', () => {
    expect(asked(expiring(60), { mode: 'approve' })).toMatchObject({
      kind: 'asks',
      sentence: expect.stringContaining('Mode approve asks'),
    });
    expect(asked(expiring(60), { mode: 'observe' })).toMatchObject({
      kind: 'held',
      sentence: expect.stringMatching(/^Does nothing\. Mode observe reports .* What it would do: Extend/),
    });
  });

  it('is nothing under a do-not-heal tag or record, unless that ends before', () => {
    const tagged = { ...expiring(60), consumers: present([{ ...orders, tags: { [TAG]: '' } }]) };
    expect(asked(tagged)).toMatchObject({ kind: 'held', sentence: expect.stringContaining(`carries the tag ${TAG}`) });
    const record = (until?: string) => ({
      doNotHeal: [{ target: orders.id.toLowerCase(), by: 'ada', why: 'left', ...(until && { until }) }],
    });
    expect(asked(expiring(60), { records: record() })).toMatchObject({ kind: 'held' });
    expect(asked(expiring(60), { records: record(inDays(20)) })).toMatchObject({ kind: 'extends' });
  });

  it('is nothing under a pause that lasts until then, and no silence of the product is foreseen', () => {
    expect(asked(expiring(60), { records: { paused: { by: 'ada', why: 'x' } } })).toMatchObject({ kind: 'held' });
    const over = { paused: { by: 'ada', why: 'x', until: inDays(1) }, sweptAt: NOW.toISOString() };
    expect(asked(expiring(60), { records: over })).toMatchObject({ kind: 'extends' });
  });

  it('is held where nobody can tell what forbids it', () => {
    const settings = { policy: policyIn('auto'), remediation: REMEDIATION };
    expect(forecast(expiring(60), V1, unknown('no storage'), settings, NOW)).toMatchObject({ kind: 'held' });
  });

  it('is asked where somebody has set the expiry so that it ends', () => {
    const set = expiring(0.5, { updatedOn: inDays(-0.1) });
    expect(asked(set, { known: knownOf(200) })).toMatchObject({
      kind: 'asks',
      sentence: expect.stringContaining('Somebody seems to have set'),
    });
  });

  it('is a new version by a person where the greatest age is reached', () => {
    expect(asked(expiring(5, { createdOn: inDays(-5 * 366) }))).toMatchObject({ kind: 'person' });
  });

  it('is that of the current version for who names none', () => {
    const follower = aSingleServer('follower', { version: unstated() });
    const current = aVersion(V2, { expiresOn: inDays(60) });
    const observation = anObservation([current], [follower], rotated(current));
    const settings = { policy: policyIn('auto'), remediation: REMEDIATION };
    expect(forecast(observation, V2, present(someRecords()), settings, NOW)).toMatchObject({ kind: 'extends' });
  });

  it('is what the product decides once that time has come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -20, max: 400 }),
        fc.constantFrom<Mode>('observe', 'approve', 'auto'),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom('P30D', 'P1M', 'P90D'),
        (days, mode, isMarked, isPaused, nearExpiry) => {
          const seen = {
            ...expiring(days),
            vault: present(aVault(isMarked ? { tags: { [TAG]: 'yes' } } : {})),
          };
          const records = present(someRecords(isPaused ? { paused: { by: 'ada', why: 'x', until: inDays(40) } } : {}));
          const settings = { policy: policyIn(mode), remediation: { ...REMEDIATION, nearExpiry } };
          const told = forecast(seen, V1, records, settings, NOW, knownOf(days));
          const at = new Date(told.at);
          const then = assess({ ...seen, observedAt: told.at }, records, settings, at, knownOf(days));
          const verdict = then.verdicts.find(({ step }) => step.kind === 'extendKeyExpiry');
          expect(verdict?.verdict).toBe(
            ({ extends: 'run', asks: 'ask', held: 'report' } as Record<string, string>)[told.kind],
          );
          if (at > NOW) {
            const before = new Date(at.getTime() - 2_000);
            expect(
              assess({ ...seen, observedAt: before.toISOString() }, records, settings, before, knownOf(days)).verdicts,
            ).toEqual([]);
          }
        },
      ),
      { numRuns: runs(60) },
    );
  });
});
