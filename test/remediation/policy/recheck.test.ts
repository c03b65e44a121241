import { describe, expect, it } from 'vitest';
import { present, unknown } from '../../../src/remediation/model/facts.ts';
import type { PolicyRecords } from '../../../src/remediation/model/records.ts';
import type { Authority } from '../../../src/remediation/policy/policy-types.ts';
import { cancelled, reread } from '../../../src/remediation/policy/recheck.ts';
import { assessed, stepOf } from '../../builders/assessed.ts';
import { aBaseline } from '../../builders/baseline.ts';
import { down, expired, lost, planFor } from '../../builders/decision.ts';
import {
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  GROUP,
  inaccessible,
  inDays,
  KEY,
  NOW,
  V1,
  withAccess,
} from '../../builders/observation.ts';
import { anApprovalOf, policyIn, someRecords } from '../../builders/policy.ts';

const [extension, revalidation] = planFor(lost).steps;
if (extension === undefined || revalidation === undefined) throw new Error('the plan has two steps');
const POLICY: Authority = { kind: 'policy' };
const APPROVAL: Authority = { kind: 'approval' };

const TAG = 'cmk-guardian:do-not-heal';
const other = aSingleServer('other');

const read = (records: Partial<PolicyRecords> = {}, ...tags: readonly Readonly<Record<string, string>>[]) => ({
  records: present(someRecords(records)),
  tagged: present(tags.map((each, at) => ({ name: `thing ${at}`, tags: each }))),
  settings: policyIn('auto', { autoReverse: 'all' }),
  host: KEY.host,
  now: NOW,
});

const forbidding = (...targets: readonly string[]) =>
  read({ doNotHeal: targets.map((target) => ({ target, by: 'ada', why: 'legal hold' })) });

describe('Right before the write, a step', () => {
  it('goes on while nothing has changed', () => {
    expect(cancelled(extension, POLICY, read())).toBeUndefined();
    expect(cancelled(extension, APPROVAL, read({ approvals: [anApprovalOf([extension])] }))).toBeUndefined();
  });
  it('is cancelled where records or tags cannot be read', () => {
    expect(cancelled(extension, POLICY, { ...read(), records: unknown('503') })).toContain('could not be read');
    expect(cancelled(extension, POLICY, { ...read(), tagged: unknown('403') })).toContain('could not be read');
  });
  it('is cancelled by a pause', () => {
    expect(cancelled(extension, POLICY, read({ paused: { by: 'ada', why: 'move' } }))).toContain('paused by ada');
  });
  it.each([
    ['its vault', aVault().id],
    ['its server', down.id],
    ['its resource group', GROUP],
  ])('is cancelled by a do-not-heal record for %s', (_what, target) => {
    expect(cancelled(revalidation, POLICY, forbidding(target))).toContain('legal hold');
  });
  it('is cancelled by a do-not-heal tag on anything it touches, whatever the others carry', () => {
    expect(cancelled(extension, POLICY, read({}, { [TAG]: '' }))).toBe(`thing 0 carries the tag ${TAG}`);
    expect(cancelled(extension, POLICY, read({}, {}, { [TAG]: '' }))).toBe(`thing 1 carries the tag ${TAG}`);
    expect(cancelled(extension, POLICY, read({}, { [TAG]: 'false' }, { [TAG]: '' }))).toContain('thing 1');
    expect(cancelled(extension, POLICY, read({}, { [TAG]: 'false' }, {}))).toBeUndefined();
  });
  it('that extends a version is cancelled by records where they forbid every consumer that pins it', () => {
    const [shared] = planFor(anObservation([expired], [down, other])).steps;
    if (shared === undefined) throw new Error('the plan has a step');
    expect(cancelled(extension, POLICY, forbidding(down.id))).toContain('legal hold');
    expect(cancelled(shared, POLICY, forbidding(down.id))).toBeUndefined();
    expect(cancelled(shared, POLICY, forbidding(down.id, other.id))).toContain('legal hold');
    expect(reread(shared)).toEqual([]);
  });
  it('that undoes somebody’s act is cancelled by a record of any consumer, and has the tags of all read again', () => {
    const [enabling] = planFor(anObservation([aVersion(V1, { enabled: false })], [down, other])).steps;
    if (enabling === undefined) throw new Error('the plan has a step');
    expect(enabling.kind).toBe('enableKey');
    expect(cancelled(enabling, POLICY, read())).toBeUndefined();
    expect(cancelled(enabling, POLICY, forbidding(other.id))).toContain('legal hold');
    expect(reread(enabling)).toEqual([down.id.toLowerCase(), other.id.toLowerCase()]);
  });
  it('is cancelled where the mode does not let it run any more', () => {
    const now = (mode: 'observe' | 'approve') => ({
      ...read({ approvals: [anApprovalOf([extension])] }),
      settings: policyIn(mode),
    });
    expect(cancelled(extension, POLICY, now('observe'))).toBe('The mode is observe now.');
    expect(cancelled(extension, APPROVAL, now('observe'))).toBe('The mode is observe now.');
    expect(cancelled(extension, POLICY, now('approve'))).toBe('The mode is approve now.');
    expect(cancelled(extension, APPROVAL, now('approve'))).toBeUndefined();
  });
  it('that undoes somebody’s act is cancelled where the settings do not name it any more, unless somebody has approved it', () => {
    const [enabling] = planFor(anObservation([aVersion(V1, { enabled: false })], [down])).steps;
    if (enabling === undefined) throw new Error('the plan has a step');
    const approved = read({ approvals: [anApprovalOf([enabling])] });
    const now = (...scopes: readonly string[]) => ({
      ...approved,
      settings: policyIn('auto', { autoReverse: scopes.map((scope) => ({ step: 'enableKey', scope })) }),
    });
    for (const named of ['*', GROUP, aVault().id, `https://${KEY.host}`])
      expect([named, cancelled(enabling, POLICY, now(named))]).toEqual([named, undefined]);
    expect(cancelled(enabling, POLICY, now())).toContain('does not name enableKey here any more');
    expect(cancelled(enabling, POLICY, now(`${GROUP}-other`))).toContain('does not name enableKey');
    expect(cancelled(enabling, APPROVAL, now())).toBeUndefined();
    expect(cancelled(extension, POLICY, now())).toBeUndefined();
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
  it('that lets somebody in reads the marks of all whom it serves, though it only restores', () => {
    const source = aSingleServer('source', { principalId: present('p1') });
    const replica = aSingleServer('replica', {
      state: inaccessible,
      principalId: present('p2'),
      copyOf: source.id.toLowerCase(),
    });
    const observation = anObservation([aVersion()], [source, replica], {
      ...withAccess({ p1: { permissions: ['get', 'unwrapKey', 'wrapKey'] }, p2: { permissions: [] } }),
      otherKeys: present(false),
    });
    const grant = stepOf(assessed(observation, { known: { baseline: aBaseline([source]) } }), 'grantKeyAccess');
    expect([grant.risk, reread(grant)]).toEqual(['restore', [replica.id.toLowerCase()]]);
    expect(cancelled(grant, POLICY, forbidding(replica.id))).toContain('ada forbids');
  });
});
