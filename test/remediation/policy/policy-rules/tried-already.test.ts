import { describe, expect, it } from 'vitest';
import { present } from '../../../../src/remediation/model/facts.ts';
import type { PolicyRecords } from '../../../../src/remediation/model/records.ts';
import { decisionOn, down, lost, planFor, verdictsOn, whysOn } from '../../../builders/decision.ts';
import { anObservation, aVersion, inDays, KEY, NOW } from '../../../builders/observation.ts';
import { anApprovalOf, anAttemptAt, policyIn, someRecords } from '../../../builders/policy.ts';

describe('A step that ended in this incident and is needed again', () => {
  const [extension, revalidation] = planFor(lost).steps;
  if (extension === undefined || revalidation === undefined) throw new Error('the plan has two steps');
  const rest = anObservation([aVersion()], [down]);
  const verdictAfter = (...attempts: PolicyRecords['attempts']) =>
    verdictsOn(rest, policyIn('auto'), present(someRecords({ attempts })));
  const blocked = (days: number) =>
    anAttemptAt(revalidation, { outcome: 'blocked', why: 'KeyVaultAccessForbidden', at: inDays(days) });

  it('rests, and says how it ended', () => {
    const records = present(someRecords({ attempts: [blocked(-1 / 1440)] }));
    expect(decisionOn(rest, policyIn('auto'), records).kind).toBe('report');
    expect(whysOn(rest, policyIn('auto'), records).join()).toContain('KeyVaultAccessForbidden');
  });
  it('is tried again after five minutes, then fifteen, then a day', () => {
    const minute = 1 / 1440;
    expect(verdictAfter(blocked(-4.9 * minute))).toEqual(['report']);
    expect(verdictAfter(blocked(-5 * minute))).toEqual(['run']);
    expect(verdictAfter(blocked(-60 * minute), blocked(-14 * minute))).toEqual(['report']);
    expect(verdictAfter(blocked(-60 * minute), blocked(-15 * minute))).toEqual(['run']);
    expect(verdictAfter(blocked(-3), blocked(-2), blocked(-0.9))).toEqual(['report']);
    expect(verdictAfter(blocked(-3), blocked(-2), blocked(-1))).toEqual(['run']);
  });
  it('is tried every fifteen minutes where only Azure failed', () => {
    const failed = (days: number) => anAttemptAt(revalidation, { outcome: 'failed', why: '503', at: inDays(days) });
    expect(verdictAfter(failed(-3), failed(-2), failed(-14 / 1440))).toEqual(['report']);
    expect(verdictAfter(failed(-3), failed(-2), failed(-15 / 1440))).toEqual(['run']);
  });
  it('is tried every fifteen minutes for a day where time cures what refused it, and then every hour', () => {
    const minute = 1 / 1440;
    const refused = (days: number) => anAttemptAt(revalidation, { outcome: 'blocked', cure: 'time', at: inDays(days) });
    expect(verdictAfter(refused(-14 * minute))).toEqual(['report']);
    expect(verdictAfter(refused(-0.99), refused(-0.5), refused(-14 * minute))).toEqual(['report']);
    expect(verdictAfter(refused(-0.99), refused(-0.5), refused(-15 * minute))).toEqual(['run']);
    expect(verdictAfter(refused(-2), refused(-0.5), refused(-59 * minute))).toEqual(['report']);
    expect(verdictAfter(refused(-2), refused(-0.5), refused(-60 * minute))).toEqual(['run']);
  });
  describe('where a person must change what refused it', () => {
    const minute = 1 / 1440;
    const refused = (days: number) =>
      anAttemptAt(revalidation, { outcome: 'blocked', cure: 'change', at: inDays(days) });
    const often = [refused(-3), refused(-2), refused(-1), refused(-4 * minute)];
    const changed = (days: number) =>
      verdictsOn(rest, policyIn('auto'), present(someRecords({ attempts: often, wayChangedAt: inDays(days) })));

    it('is tried after pauses that grow to an hour', () => {
      expect(verdictAfter(refused(-4 * minute))).toEqual(['report']);
      expect(verdictAfter(refused(-5 * minute))).toEqual(['run']);
      expect(verdictAfter(refused(-2), refused(-14 * minute))).toEqual(['report']);
      expect(verdictAfter(refused(-2), refused(-15 * minute))).toEqual(['run']);
      expect(verdictAfter(refused(-3), refused(-2), refused(-59 * minute))).toEqual(['report']);
      expect(verdictAfter(refused(-3), refused(-2), refused(-60 * minute))).toEqual(['run']);
    });
    it('is tried at once when something in its way was changed since, and not for a change of before', () => {
      expect(changed(-3 * minute)).toEqual(['run']);
      expect(changed(-5 * minute)).toEqual(['report']);
    });
    it('says what ends the pause', () => {
      expect(whysOn(rest, policyIn('auto'), present(someRecords({ attempts: often }))).join()).toContain(
        'at once when Azure tells that somebody changed a lock, a policy or a role there',
      );
    });
  });
  it('waits for what it always waited for where a row of before tells nothing of what ends it', () => {
    expect(verdictAfter(blocked(-3), blocked(-2), blocked(-0.9))).toEqual(['report']);
  });
  it('goes on at once where it only died halfway, but not for ever', () => {
    const died = (days: number) => anAttemptAt(revalidation, { outcome: 'unknown', at: inDays(days) });
    expect(verdictAfter(died(0))).toEqual(['run']);
    expect(verdictAfter(died(0), died(-0.001))).toEqual(['report']);
  });
  it('does not hold back another step', () => {
    expect(verdictAfter(anAttemptAt(extension))).toEqual(['run']);
  });
  it.each([
    ['its server', down.id.toUpperCase()],
    ['the key', `https://${KEY.host}/keys/${KEY.name}`],
  ])('is tried at once on a later request for %s', (_what, target) => {
    const requests = [{ step: 'revalidateConsumer', target, by: 'ada', at: NOW.toISOString() }];
    const records = someRecords({ attempts: [blocked(-1 / 1440)], requests });
    expect(verdictsOn(rest, policyIn('auto'), present(records))).toEqual(['run']);
  });
  it('is not tried on a request for another step', () => {
    const requests = [{ step: 'extendKeyExpiry', target: down.id, by: 'ada', at: NOW.toISOString() }];
    const records = someRecords({ attempts: [blocked(-1 / 1440)], requests });
    expect(verdictsOn(rest, policyIn('auto'), present(records))).toEqual(['report']);
  });
  it('is not tried on a request that came before it ended', () => {
    const requests = [{ step: 'revalidateConsumer', target: down.id, by: 'ada', at: inDays(-1) }];
    const records = someRecords({ attempts: [blocked(-1 / 1440)], requests });
    expect(verdictsOn(rest, policyIn('auto'), present(records))).toEqual(['report']);
  });
  it('is tried at once on a later approval', () => {
    const approvals = [anApprovalOf([revalidation], { at: NOW.toISOString() })];
    const records = someRecords({ attempts: [blocked(-1 / 1440)], approvals });
    expect(whysOn(rest, policyIn('approve'), present(records))).toEqual(['approval']);
  });
});
