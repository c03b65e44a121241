import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/remediation/diagnosis/diagnose.ts';
import { present } from '../../../../src/remediation/model/facts.ts';
import { findingId } from '../../../../src/remediation/model/findings.ts';
import type { PolicyRecords } from '../../../../src/remediation/model/records.ts';
import { fuseBlown } from '../../../../src/remediation/policy/policy-rules/fuse-blown.ts';
import type { Step } from '../../../../src/remediation/steps/step.ts';
import { assessed, stepOf } from '../../../builders/assessed.ts';
import { aBaseline } from '../../../builders/baseline.ts';
import { down, lost, planFor, verdictsOn } from '../../../builders/decision.ts';
import {
  anObservation,
  aSingleServer,
  aVersion,
  GROUP,
  inaccessible,
  inDays,
  KEY,
  NOW,
  V1,
  withAccess,
} from '../../../builders/observation.ts';
import { anApprovalOf, policyIn, REMEDIATION, someRecords } from '../../../builders/policy.ts';

describe('The fuse', () => {
  const others = (count: number, at: string) =>
    Array.from({ length: count }, (_, index) => ({ cause: `https://other${index}.vault.azure.net/keys/k`, at }));
  /** An owner has disabled the key: a step that brings it back undoes that act. */
  const disabled = anObservation([aVersion(V1, { enabled: false })], [down]);
  const auto = policyIn('auto', { autoReverse: 'all' });
  const verdictsWith = (rootCauses: PolicyRecords['rootCauses'], more: Partial<PolicyRecords> = {}) =>
    verdictsOn(disabled, auto, present(someRecords({ rootCauses, ...more })));

  it('holds below the limit, with the faults of other keys counted', () => {
    expect(verdictsWith(others(3, inDays(0)))).toEqual(['run', 'run']);
  });
  it('turns run into ask at the limit', () => {
    expect(verdictsWith(others(4, inDays(0)))).toEqual(['ask', 'ask']);
  });
  it('never holds what only restores and gives nobody access: else keys that expire together would all be lost', () => {
    expect(verdictsOn(lost, auto, present(someRecords({ rootCauses: others(99, inDays(0)) })))).toEqual(['run', 'run']);
  });
  it('holds an extension that undoes what somebody has set', () => {
    const records = present(someRecords({ rootCauses: others(4, inDays(0)) }));
    expect(verdictsOn(lost, auto, records, 'reversal')).toEqual(['ask', 'ask']);
  });
  it('holds a grant also where that only restores', () => {
    const ours = aSingleServer('orders', { state: inaccessible, principalId: present('p1') });
    const observation = anObservation([aVersion()], [ours], withAccess({ p1: { permissions: [] } }));
    const decision = assessed(observation, { known: { baseline: aBaseline([ours]) } });
    const grant: Step = { ...stepOf(decision, 'grantKeyAccess'), risk: 'restore' };
    const wordOn = (rootCauses: PolicyRecords['rootCauses']) =>
      fuseBlown(grant, { ...decision, observation, settings: auto, records: someRecords({ rootCauses }), now: NOW });
    expect(wordOn(others(4, inDays(0)))?.verdict).toBe('ask');
    expect(wordOn(others(3, inDays(0)))).toBeUndefined();
  });
  it('counts a fault once, however often it was recorded', () => {
    // No consumer is known for this key: the resource groups of the affected consumers count in place of owners.
    const own = { cause: GROUP.toLowerCase(), at: inDays(0) };
    expect(verdictsWith([...others(3, inDays(0)), own, own, ...others(3, inDays(0))])).toEqual(['run', 'run']);
  });
  it('forgets what lies before its window', () => {
    expect(verdictsWith(others(9, inDays(-1)))).toEqual(['run', 'run']);
  });
  it('still asks a day later about what broke together', () => {
    expect(verdictsWith(others(4, inDays(-1)), { incidentOpenedAt: inDays(-1) })).toEqual(['ask', 'ask']);
  });
  it('does not count what broke later against what broke first', () => {
    expect(verdictsWith(others(9, inDays(0)), { incidentOpenedAt: inDays(-1) })).toEqual(['run', 'run']);
  });
  it('counts what breaks together though the incidents of the keys are open for long, and for something else', () => {
    const own = { cause: GROUP.toLowerCase(), at: inDays(-9) };
    const findings = diagnose(disabled, NOW, REMEDIATION).map(findingId);
    const open = { incidentOpenedAt: inDays(-9), judged: ['copyAwaitingAccess somebody'] };
    expect(verdictsWith([own, ...others(4, inDays(0))], open)).toEqual(['ask', 'ask']);
    expect(verdictsWith([own, ...others(3, inDays(0))], open)).toEqual(['run', 'run']);
    const remembered = [own, { ...own, at: inDays(-1) }, ...others(4, inDays(-1))];
    expect(verdictsWith(remembered, { ...open, judged: findings })).toEqual(['ask', 'ask']);
    expect(verdictsWith([own, ...others(4, inDays(0))], { ...open, judged: findings })).toEqual(['run', 'run']);
  });
  it('may take more in a big estate, where a share of the keys is set as well', () => {
    const share = policyIn('auto', { autoReverse: 'all', fuse: { rootCauses: 5, sharePercent: 1, windowMinutes: 60 } });
    const verdicts = (rootCauses: number, keyCount: number) =>
      verdictsOn(disabled, share, present(someRecords({ rootCauses: others(rootCauses - 1, inDays(0)), keyCount })));
    expect(verdicts(99, 10_000)).toEqual(['run', 'run']);
    expect(verdicts(100, 10_000)).toEqual(['ask', 'ask']);
    expect(verdicts(4, 100)).toEqual(['run', 'run']);
    expect(verdicts(5, 100)).toEqual(['ask', 'ask']);
  });
  it('goes by the number alone where nobody has counted the keys', () => {
    const share = policyIn('auto', {
      autoReverse: 'all',
      fuse: { rootCauses: 5, sharePercent: 50, windowMinutes: 60 },
    });
    const records = present(someRecords({ rootCauses: others(4, inDays(0)) }));
    expect(verdictsOn(disabled, share, records)).toEqual(['ask', 'ask']);
  });
  it.each<[string, Partial<PolicyRecords>]>([
    ['a lift frees at once, whenever each began', { lifted: others(4, inDays(0)) }],
    [
      'a lift frees together with what breaks then',
      { lifted: others(1, inDays(-1)), rootCauses: others(4, inDays(-1)) },
    ],
    [
      'was held by a pause that has ended',
      { paused: { by: 'ada', why: 'x', until: inDays(-1) }, rootCauses: others(4, inDays(-2)) },
    ],
    [
      'was held by a pause of its group that has ended',
      {
        pausedScopes: [{ scope: GROUP, by: 'ada', why: 'x', until: inDays(-1) }],
        rootCauses: others(4, inDays(-2)),
      },
    ],
    [
      'was held by a record that has ended',
      {
        doNotHeal: [{ target: `https://${KEY.host}`, by: 'ada', why: 'x', until: inDays(-1) }],
        rootCauses: others(4, inDays(-2)),
      },
    ],
  ])('counts together what %s', (_what, records) => {
    expect(verdictsWith([], { incidentOpenedAt: inDays(-3), ...records })).toEqual(['ask', 'ask']);
  });
  it.each<[string, Partial<PolicyRecords>]>([
    ['lifted before it broke', { lifted: others(9, inDays(-4)) }],
    ['one too few', { lifted: others(3, inDays(0)) }],
    [
      'held by a pause that had ended before',
      { paused: { by: 'ada', why: 'x', until: inDays(-4) }, rootCauses: others(4, inDays(-2)) },
    ],
    [
      'held by a record for another',
      {
        doNotHeal: [{ target: 'https://another.vault.azure.net', by: 'ada', why: 'x', until: inDays(-1) }],
        rootCauses: others(4, inDays(-2)),
      },
    ],
  ])('does not count what was %s', (_what, records) => {
    expect(verdictsWith([], { incidentOpenedAt: inDays(-3), ...records })).toEqual(['run', 'run']);
  });
  it('counts what a pause of its group held though the vault cannot be seen, and the plan alone knows it', () => {
    const decision = assessed(disabled, { policy: auto });
    const blind: Step = { ...stepOf(decision, 'enableKey'), touches: [], serves: [] };
    const ended = (scope: string) =>
      someRecords({
        incidentOpenedAt: inDays(-3),
        rootCauses: others(4, inDays(-2)),
        pausedScopes: [{ scope, by: 'ada', why: 'x', until: inDays(-1) }],
      });
    const wordOn = (scope: string) =>
      fuseBlown(blind, { ...decision, observation: disabled, settings: auto, records: ended(scope), now: NOW })
        ?.verdict;
    expect([wordOn(GROUP), wordOn(`${GROUP}-other`)]).toEqual(['ask', undefined]);
  });
  it('gives way to an approval', () => {
    expect(verdictsWith(others(9, inDays(0)), { approvals: [anApprovalOf(planFor(disabled).steps)] })).toEqual([
      'run',
      'run',
    ]);
  });
  it('counts one key with many lost servers as one fault', () => {
    const servers = Array.from({ length: 9 }, (_, index) => aSingleServer(`s${index}`, { state: inaccessible }));
    const observation = anObservation([aVersion(V1, { enabled: false })], servers);
    expect(verdictsOn(observation, auto)).toEqual(['run', ...servers.map(() => 'run')]);
  });
});
