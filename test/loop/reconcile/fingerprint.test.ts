import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../src/loop/reconcile/fingerprint.ts';
import { present } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import { decisionOn, lost } from '../../builders/decision.ts';
import { inDays, KEY } from '../../builders/observation.ts';
import { anAttemptAt, policyIn, someRecords } from '../../builders/policy.ts';

const observing = policyIn('observe');
const KEY_ID = keyId(KEY);

describe('the fingerprint of a verdict', () => {
  it('is the same tomorrow, and whatever the sentences say', () => {
    const today = decisionOn(lost, observing);
    const tomorrow = decisionOn({ ...lost, observedAt: '2026-11-23T12:00:00Z' }, observing);
    const reworded = { ...tomorrow, notes: ['other words'] };
    expect(fingerprintOf(reworded, 'incident')).toBe(fingerprintOf(today, 'incident'));
  });

  it('is another one in another incident', () => {
    const decision = decisionOn(lost, observing);
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (one, other) => {
        fc.pre(one !== other);
        expect(fingerprintOf(decision, one)).not.toBe(fingerprintOf(decision, other));
      }),
    );
  });

  it('is another one when a step may run that could not', () => {
    const reported = decisionOn(lost, observing);
    const running = decisionOn(lost, policyIn('auto'), present(someRecords()));
    expect(fingerprintOf(running, 'incident')).not.toBe(fingerprintOf(reported, 'incident'));
  });

  it('is the same whether what Azure refused rests, is tried again, or is woken by an event of a change, and another when it is refused otherwise', () => {
    const steps = decisionOn(lost, policyIn('auto')).plan.steps;
    const refused = (why: string, minutesAgo: number) =>
      steps
        .slice(0, 1)
        .map((step) => anAttemptAt(step, { outcome: 'blocked', cure: 'change', why, at: inDays(-minutesAgo / 1440) }));
    const said = (...attempts: ReturnType<typeof refused>) => {
      const decision = decisionOn(lost, policyIn('auto'), present(someRecords({ attempts })));
      return { kind: decision.kind, fingerprint: fingerprintOf(decision, 'incident') };
    };
    const resting = said(...refused('ScopeLocked', 1));
    const trying = said(...refused('ScopeLocked', 6));
    expect([resting.kind, trying.kind]).toEqual(['report', 'run']);
    expect(trying.fingerprint).toBe(resting.fingerprint);
    expect(said(...refused('RequestDisallowedByPolicy', 1)).fingerprint).not.toBe(resting.fingerprint);
    expect(said().fingerprint).not.toBe(trying.fingerprint);
    // The event of the change that has made Azure refuse comes late, and ends the pause.
    const late = { attempts: refused('ScopeLocked', 1), wayChangedAt: inDays(-0.5 / 1440) };
    const woken = decisionOn(lost, policyIn('auto'), present(someRecords(late)));
    expect([woken.kind, fingerprintOf(woken, 'incident')]).toEqual(['run', resting.fingerprint]);
  });

  it('is another one when the reason changes, not when only its time does', () => {
    const held = (records: Parameters<typeof someRecords>[0]) =>
      fingerprintOf(decisionOn(lost, policyIn('auto'), present(someRecords(records))), 'incident');
    const pausedFor = (why: string) => held({ paused: { by: 'kim', why } });
    const forbidden = held({ doNotHeal: [{ target: KEY_ID, by: 'kim', why: 'the customer left' }] });
    expect(forbidden).not.toBe(pausedFor('maintenance'));
    expect(pausedFor('maintenance until 2026-11-22T12:00:00Z')).toBe(
      pausedFor('maintenance until 2026-11-23T12:00:00Z'),
    );
  });
});
