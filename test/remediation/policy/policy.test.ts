import { describe, expect, it } from 'vitest';
import { present, unknown } from '../../../src/remediation/model/facts.ts';
import type { PolicyRecords } from '../../../src/remediation/model/records.ts';
import { decisionOn, down, expired, lost, planFor, verdictsOn, whysOn } from '../../builders/decision.ts';
import { anObservation, aSingleServer, aVersion, inaccessible, inDays, NOW, V1 } from '../../builders/observation.ts';
import { anApprovalOf, anAttemptAt, policyIn, someRecords } from '../../builders/policy.ts';

describe('Mode', () => {
  it('observe reports everything', () => {
    expect(decisionOn(lost, policyIn('observe')).kind).toBe('report');
    expect(verdictsOn(lost, policyIn('observe'))).toEqual(['report', 'report']);
  });
  it('observe is not outvoted by an approval', () => {
    const records = someRecords({ approvals: [anApprovalOf(planFor(lost).steps)] });
    expect(verdictsOn(lost, policyIn('observe'), present(records))).toEqual(['report', 'report']);
  });
  it('approve asks before everything', () => {
    expect(decisionOn(lost, policyIn('approve')).kind).toBe('ask');
    expect(verdictsOn(lost, policyIn('approve'))).toEqual(['ask', 'ask']);
  });
  it('auto restores on its own word', () => {
    expect(decisionOn(lost, policyIn('auto')).kind).toBe('run');
    expect(whysOn(lost, policyIn('auto'))).toEqual(['policy', 'policy']);
  });
  it('makes no difference to a healthy key', () => {
    expect(decisionOn(anObservation([aVersion()], [aSingleServer()]), policyIn('auto')).kind).toBe('healthy');
  });
});

describe('An approval', () => {
  const { steps } = planFor(lost);
  const withApproval = (changes: Partial<PolicyRecords>) =>
    whysOn(lost, policyIn('approve'), present(someRecords({ approvals: [anApprovalOf(steps)], ...changes })));

  it('lets its steps run, on its authority', () => {
    expect(withApproval({})).toEqual(['approval', 'approval']);
  });
  it('of more than is still to do lets the rest run', () => {
    const rest = anObservation([aVersion(V1, { expiresOn: inDays(365) })], [down]);
    const records = someRecords({ approvals: [anApprovalOf(steps)] });
    expect(whysOn(rest, policyIn('approve'), present(records))).toEqual(['approval']);
  });
  it('of less does not cover a new target', () => {
    const more = anObservation([expired], [down, aSingleServer('second', { state: inaccessible })]);
    const records = someRecords({ approvals: [anApprovalOf(steps)] });
    expect(verdictsOn(more, policyIn('approve'), present(records))).toEqual(['run', 'run', 'ask']);
  });
  it('ends when it expires', () => {
    expect(
      verdictsOn(
        lost,
        policyIn('approve'),
        present(someRecords({ approvals: [anApprovalOf(steps, { expires: NOW.toISOString() })] })),
      ),
    ).toEqual(['ask', 'ask']);
  });
  it('is used up by a step that was done', () => {
    const [extension] = steps.map(({ stepId }) => stepId);
    expect(withApproval({ usedSteps: [extension ?? ''] })).toEqual([
      expect.stringContaining('asks'),
      expect.stringContaining('wait'),
    ]);
  });
  it('does not outvote a pause', () => {
    expect(withApproval({ paused: { by: 'ada', why: 'maintenance' } }).join()).toContain('paused by ada');
  });
});

describe('Nothing acts', () => {
  it.each([unknown('503 from the store'), { kind: 'absent' } as const])(
    'where the records cannot be read',
    (records) => {
      expect(verdictsOn(lost, policyIn('auto'), records)).toEqual(['report', 'report']);
    },
  );
  it('where the vault, and with it a tag that forbids it, cannot be read', () => {
    const blind = anObservation([expired], [down], { vault: unknown('403') });
    expect(verdictsOn(blind, policyIn('auto'))).toEqual(['report', 'report']);
  });
  it('on a server whose key version cannot be read', () => {
    const blind = anObservation([[V1, unknown('403 from the firewall')]], [down]);
    expect(decisionOn(blind, policyIn('auto')).kind).toBe('report');
    expect(whysOn(blind, policyIn('auto')).join()).toContain('403 from the firewall');
  });
  it('while a pause stands, and acts again when it is over', () => {
    const pausedUntil = (until: string) => present(someRecords({ paused: { by: 'ada', why: 'move', until } }));
    expect(verdictsOn(lost, policyIn('auto'), pausedUntil(inDays(1)))).toEqual(['report', 'report']);
    expect(verdictsOn(lost, policyIn('auto'), pausedUntil(inDays(-1)))).toEqual(['run', 'run']);
  });
});

describe('What is unknown of one server', () => {
  it('does not hold back the extension of the key, nor the other server', () => {
    const observation = anObservation([expired], [down, aSingleServer('blind', { state: unknown('timeout') })]);
    expect(verdictsOn(observation, policyIn('auto'))).toEqual(['run', 'run']);
  });
});

describe('A request', () => {
  it('is no approval', () => {
    const requests = planFor(lost).steps.map(({ kind, target }) => ({ step: kind, target, by: 'ada', at: inDays(0) }));
    expect(verdictsOn(lost, policyIn('approve'), present(someRecords({ requests })))).toEqual(['ask', 'ask']);
    expect(verdictsOn(lost, policyIn('observe'), present(someRecords({ requests })))).toEqual(['report', 'report']);
  });
});

describe('A step that does not run', () => {
  it('holds back what depends on it, and nothing else', () => {
    const records = someRecords({
      attempts: planFor(lost)
        .steps.slice(0, 1)
        .map((step) => anAttemptAt(step, { outcome: 'blocked', why: '403' })),
    });
    const observation = anObservation(
      [expired, aVersion('2222')],
      [down, aSingleServer('apart', { version: '2222', state: inaccessible })],
    );
    expect(whysOn(observation, policyIn('auto'), present(records))).toEqual([
      expect.stringContaining('403'),
      expect.stringContaining('wait for extendKeyExpiry'),
      'policy',
    ]);
  });
});
