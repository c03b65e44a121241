import { describe, expect, it } from '@jest/globals';
import { present, unknown } from '../../src/remediation/facts.ts';
import type { Authority, PolicyRecords } from '../../src/remediation/policy-types.ts';
import { cancelled } from '../../src/remediation/recheck.ts';
import { down, lost, planFor } from '../builders/decision.ts';
import { aVault, GROUP, inDays, NOW } from '../builders/observation.ts';
import { anApprovalOf, someRecords } from '../builders/policy.ts';

const [extension, revalidation] = planFor(lost).steps;
if (extension === undefined || revalidation === undefined) throw new Error('the plan has two steps');
const POLICY: Authority = { kind: 'policy' };
const APPROVAL: Authority = { kind: 'approval' };

const read = (records: Partial<PolicyRecords> = {}, tags: Readonly<Record<string, string>> = {}) => ({
  records: present(someRecords(records)),
  tags,
  doNotHealTag: 'cmk-guardian:do-not-heal',
  now: NOW,
});

describe('Right before the write, a step', () => {
  it('goes on while nothing has changed', () => {
    expect(cancelled(extension, POLICY, read())).toBeUndefined();
    expect(cancelled(extension, APPROVAL, read({ approvals: [anApprovalOf([extension])] }))).toBeUndefined();
  });
  it('is cancelled where the records cannot be read', () => {
    expect(cancelled(extension, POLICY, { ...read(), records: unknown('503') })).toContain('could not be read');
  });
  it('is cancelled by a pause', () => {
    expect(cancelled(extension, POLICY, read({ paused: { by: 'ada', why: 'move' } }))).toContain('paused by ada');
  });
  it.each([
    ['its vault', aVault().id],
    ['its server', down.id],
    ['its resource group', GROUP],
  ])('is cancelled by a do-not-heal record for %s', (_what, target) => {
    const records = read({ doNotHeal: [{ target, by: 'ada', why: 'legal hold' }] });
    expect(cancelled(revalidation, POLICY, records)).toContain('legal hold');
  });
  it('is cancelled by a do-not-heal tag on its target', () => {
    expect(cancelled(extension, POLICY, read({}, { 'cmk-guardian:do-not-heal': '' }))).toContain('carries the tag');
  });
  it('is cancelled where the approval it rests on is gone, expired or used up', () => {
    const ends = 'Its approval expired or was used up; it asks again.';
    expect(cancelled(extension, APPROVAL, read())).toBe(ends);
    expect(
      cancelled(extension, APPROVAL, read({ approvals: [anApprovalOf([extension], { expires: inDays(-1) })] })),
    ).toBe(ends);
    const used = { approvals: [anApprovalOf([extension])], usedSteps: [extension.stepId] };
    expect(cancelled(extension, APPROVAL, read(used))).toBe(ends);
  });
});
