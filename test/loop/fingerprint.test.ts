import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fingerprintOf } from '../../src/loop/fingerprint.ts';
import { present } from '../../src/remediation/facts.ts';
import { decisionOn, lost } from '../builders/decision.ts';
import { policyIn, someRecords } from '../builders/policy.ts';

const observing = policyIn('observe');

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
});
