import { describe, expect, it } from '@jest/globals';
import { present } from '../../../../src/remediation/model/facts.ts';
import type { PolicyRecords } from '../../../../src/remediation/model/records.ts';
import { lost, planFor, verdictsOn } from '../../../builders/decision.ts';
import { anObservation, aSingleServer, aVersion, inaccessible, inDays, KEY } from '../../../builders/observation.ts';
import { anApprovalOf, policyIn, someRecords } from '../../../builders/policy.ts';

describe('The fuse', () => {
  const others = (count: number, at: string) =>
    Array.from({ length: count }, (_, index) => ({ cause: `https://other${index}.vault.azure.net/keys/k`, at }));
  const verdictsWith = (rootCauses: PolicyRecords['rootCauses'], more: Partial<PolicyRecords> = {}) =>
    verdictsOn(lost, policyIn('auto'), present(someRecords({ rootCauses, ...more })));

  it('holds below the limit, with the faults of other keys counted', () => {
    expect(verdictsWith(others(3, inDays(0)))).toEqual(['run', 'run']);
  });
  it('turns run into ask at the limit', () => {
    expect(verdictsWith(others(4, inDays(0)))).toEqual(['ask', 'ask']);
  });
  it('counts a fault once, however often it was recorded', () => {
    const own = { cause: `https://${KEY.host}/keys/${KEY.name}`, at: inDays(0) };
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
  it('may take more in a big estate, where a share of the keys is set as well', () => {
    const share = policyIn('auto', { fuse: { rootCauses: 5, sharePercent: 1, windowMinutes: 60 } });
    const verdicts = (rootCauses: number, keyCount: number) =>
      verdictsOn(lost, share, present(someRecords({ rootCauses: others(rootCauses - 1, inDays(0)), keyCount })));
    expect(verdicts(99, 10_000)).toEqual(['run', 'run']);
    expect(verdicts(100, 10_000)).toEqual(['ask', 'ask']);
    expect(verdicts(4, 100)).toEqual(['run', 'run']);
    expect(verdicts(5, 100)).toEqual(['ask', 'ask']);
  });
  it('goes by the number alone where nobody has counted the keys', () => {
    const share = policyIn('auto', { fuse: { rootCauses: 5, sharePercent: 50, windowMinutes: 60 } });
    const records = present(someRecords({ rootCauses: others(4, inDays(0)) }));
    expect(verdictsOn(lost, share, records)).toEqual(['ask', 'ask']);
  });
  it('gives way to an approval', () => {
    expect(verdictsWith(others(9, inDays(0)), { approvals: [anApprovalOf(planFor(lost).steps)] })).toEqual([
      'run',
      'run',
    ]);
  });
  it('counts one key with many lost servers as one fault', () => {
    const servers = Array.from({ length: 9 }, (_, index) => aSingleServer(`s${index}`, { state: inaccessible }));
    expect(verdictsOn(anObservation([aVersion()], servers), policyIn('auto'))).toEqual(servers.map(() => 'run'));
  });
});
