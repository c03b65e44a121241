import { describe, expect, it } from 'vitest';
import type { PolicyRecords } from '../../../../src/remediation/model/records.ts';
import { assessed, stepOf } from '../../../builders/assessed.ts';
import { anObservation, aSingleServer, aVersion, inaccessible, inDays, V1 } from '../../../builders/observation.ts';
import { anApprovalOf, policyIn } from '../../../builders/policy.ts';

const down = aSingleServer('orders', { state: inaccessible });
const disabled = anObservation([aVersion(V1, { enabled: false })], [down]);
const enabling = stepOf(assessed(disabled), 'enableKey');
const done = (...hoursAgo: readonly number[]): PolicyRecords['repairs'] =>
  hoursAgo.map((hours) => ({ stepId: enabling.stepId, at: inDays(-hours / 24) }));
const verdictAfter = (repairs: PolicyRecords['repairs'], records: Partial<PolicyRecords> = {}) =>
  assessed(disabled, { records: { repairs, ...records } }).verdicts[0];

describe('A repair that something keeps undoing', () => {
  it('is stopped after the third time within a day', () => {
    expect(verdictAfter(done(20, 10))?.verdict).toBe('run');
    expect(verdictAfter(done(20, 10, 1))).toMatchObject({
      verdict: 'report',
      why: expect.stringContaining('3 times within a day'),
    });
  });
  it('is told of with who may be undoing it, where that is known', () => {
    const undoneBy = { [enabling.stepId]: 'The activity log shows: policy-bot (Microsoft.KeyVault/vaults/write).' };
    expect(verdictAfter(done(3, 2, 1), { undoneBy })).toMatchObject({ why: expect.stringContaining('policy-bot') });
  });
  it('is not tried again by an approval: what undoes it must be found first', () => {
    const approvals = [anApprovalOf([enabling])];
    const decision = assessed(disabled, {
      records: { repairs: done(3, 2, 1), approvals },
      policy: policyIn('approve'),
    });
    expect(decision.verdicts[0]?.verdict).toBe('report');
  });
  it('may be done again a day later, and others at once', () => {
    expect(verdictAfter(done(25, 10, 1))?.verdict).toBe('run');
    expect(verdictAfter(done(3, 2, 1).map((one) => ({ ...one, stepId: 'another' })))?.verdict).toBe('run');
  });
  it('is stopped also where it undoes an act only this time: an expiry that somebody sets again and again', () => {
    const ended = anObservation([aVersion(V1, { expiresOn: inDays(-0.1), updatedOn: inDays(-0.2) })], [down]);
    const extension = stepOf(assessed(ended), 'extendKeyExpiry');
    const repairs = [3, 2, 1].map((hours) => ({ stepId: extension.stepId, at: inDays(-hours / 24) }));
    expect(extension.risk).toBe('reversal');
    expect(assessed(ended, { records: { repairs } }).verdicts[0]?.verdict).toBe('report');
    expect(assessed(ended, { records: { repairs: repairs.slice(1) } }).verdicts[0]?.verdict).toBe('run');
  });
  it('is none where it takes nothing from anybody', () => {
    const observation = anObservation([aVersion()], [down]);
    const revalidation = stepOf(assessed(observation), 'revalidateConsumer');
    const repairs = [3, 2, 1].map((hours) => ({ stepId: revalidation.stepId, at: inDays(-hours / 24) }));
    expect(assessed(observation, { records: { repairs } }).verdicts[0]?.verdict).toBe('run');
  });
});
