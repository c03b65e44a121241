import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyAccess } from '../../../src/azure/access/policy-access.ts';
import type { AccessPolicy } from '../../../src/remediation/model/facts.ts';
import { aVault } from '../../builders/observation.ts';

const TENANT = aVault().tenantId;
const SERVER = '00000000-0000-0000-0000-0000000000b1';
const OTHER = '00000000-0000-0000-0000-0000000000b2';

const entry = (keys: readonly string[], changes: Partial<AccessPolicy> = {}): AccessPolicy => ({
  tenantId: TENANT,
  objectId: SERVER,
  keys,
  ...changes,
});
const accessWith = (...accessPolicies: readonly AccessPolicy[]) => policyAccess(aVault({ accessPolicies }), SERVER);

describe('what a principal may do by the access policies of a vault', () => {
  it('is what its own entry names, in whatever case', () => {
    expect(accessWith(entry(['GET', 'wrapkey', 'UnwrapKey', 'recover']))).toEqual(['get', 'unwrapKey', 'wrapKey']);
    expect(policyAccess(aVault({ accessPolicies: [entry(['get'])] }), SERVER.toUpperCase())).toEqual(['get']);
  });

  it('is everything where its entry says all', () => {
    expect(accessWith(entry(['All']))).toEqual(['get', 'list', 'unwrapKey', 'wrapKey']);
  });

  it.each([
    ['for somebody else', entry(['all'], { objectId: OTHER })],
    ['of another tenant', entry(['all'], { tenantId: OTHER })],
    ['for the principal together with an application', entry(['all'], { applicationId: OTHER })],
  ])('is nothing by an entry %s', (_, policy) => {
    expect(accessWith(policy)).toEqual([]);
  });

  it('never shrinks by another entry, nor grows by what is not for the principal', () => {
    const keys = fc.subarray(['get', 'LIST', 'wrapKey', 'unwrapkey', 'all', 'delete']);
    const policy = fc
      .record({ keys, objectId: fc.constantFrom(SERVER, OTHER), tenantId: fc.constantFrom(TENANT, OTHER) })
      .map((facts) => entry(facts.keys, facts));
    fc.assert(
      fc.property(fc.array(policy), policy, (policies, added) => {
        const before = accessWith(...policies);
        const after = accessWith(...policies, added);
        expect(after).toEqual(expect.arrayContaining([...before]));
        if (added.objectId !== SERVER || added.tenantId !== TENANT) expect(after).toEqual(before);
      }),
    );
  });
});
