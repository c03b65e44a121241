import { describe, expect, it } from 'vitest';
import type { RecordInput } from '../../../src/loop/messages.ts';
import { entriesOf } from '../../../src/loop/reconcile/ledger-entries.ts';
import { standingChange } from '../../../src/loop/reconcile/standing-change.ts';
import { present } from '../../../src/remediation/model/facts.ts';
import { emptyChain } from '../../../src/remediation/protocol/ledger.ts';
import { decisionOn, lost, planFor } from '../../builders/decision.ts';
import { inDays } from '../../builders/observation.ts';
import { anApprovalOf, policyIn, someRecords } from '../../builders/policy.ts';

const guardian = { settings: { changeNumber: 'CHG0012345' } };
const change = { change: 'CHG0012345' };
const approved = present(someRecords({ approvals: [anApprovalOf(planFor(lost).steps)] }));

describe('The number of the standing change', () => {
  it('is that of what runs without a person', () => {
    expect(standingChange(guardian, decisionOn(lost, policyIn('auto')))).toEqual(change);
    expect(standingChange({ settings: {} }, decisionOn(lost, policyIn('auto')))).toBeUndefined();
  });

  it.each([
    ['is asked', policyIn('approve'), undefined],
    ['is reported', policyIn('observe'), undefined],
    ['runs on the word of a person', policyIn('approve'), approved],
  ])('is not that of what %s', (_what, policy, records) => {
    expect(standingChange(guardian, decisionOn(lost, policy, records))).toBeUndefined();
  });

  it('is in the entry of the decision', () => {
    const decision = decisionOn(lost, policyIn('auto'));
    const assessment = { decision, said: [], dead: [], head: emptyChain, changed: true, incident: 'one' };
    const input = { keyId: 'key', number: 1, round: 0, at: inDays(0), assessment } as unknown as RecordInput;
    const entered = entriesOf(input, standingChange(guardian, decision));
    expect(entered.find(({ kind }) => kind === 'decided')?.detail).toMatchObject(change);
  });
});
