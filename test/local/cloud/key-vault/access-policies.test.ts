import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePolicies, policyAllows } from '../../../../local/cloud/key-vault/access-policies.ts';
import type { AccessPolicy } from '../../../../local/cloud/key-vault/vault.ts';

const permission = fc.constantFrom('get', 'list', 'wrapKey', 'unwrapKey', 'update');
const identity = fc.constantFrom('mysql', 'disks', 'product');
const policy: fc.Arbitrary<AccessPolicy> = fc
  .tuple(identity, fc.uniqueArray(permission, { minLength: 1 }))
  .map(([objectId, keys]) => ({ tenantId: 'home', objectId, permissions: { keys } }));
const policies = fc.uniqueArray(policy, { selector: ({ objectId }) => objectId });

const may = (list: AccessPolicy[], objectId: string, one: string) =>
  policyAllows(list, { objectId, tenantId: 'home' }, one);
const ALL = ['get', 'list', 'wrapKey', 'unwrapKey', 'update'];
const rights = (list: AccessPolicy[], objectId: string) => ALL.filter((one) => may(list, objectId, one));

describe('a change of access policies', () => {
  it('never touches another identity', () => {
    fc.assert(
      fc.property(
        policies,
        fc.constantFrom('add', 'replace', 'remove'),
        policy,
        identity,
        (list, operation, change, who) => {
          fc.pre(who !== change.objectId);
          expect(rights(mergePolicies(list, operation, [change]), who)).toEqual(rights(list, who));
        },
      ),
    );
  });

  it('adds to what the identity has, and the same again changes nothing', () => {
    fc.assert(
      fc.property(policies, policy, (list, change) => {
        const once = mergePolicies(list, 'add', [change]);
        const expected = new Set([...rights(list, change.objectId), ...rights([change], change.objectId)]);
        expect(new Set(rights(once, change.objectId))).toEqual(expected);
        expect(mergePolicies(once, 'add', [change])).toEqual(once);
      }),
    );
  });

  it('removes exactly what it names, and the entry with its last permission', () => {
    fc.assert(
      fc.property(policies, policy, (list, change) => {
        const left = mergePolicies(list, 'remove', [change]);
        const taken = rights([change], change.objectId);
        expect(rights(left, change.objectId)).toEqual(
          rights(list, change.objectId).filter((one) => !taken.includes(one)),
        );
        expect(left.every(({ permissions }) => (permissions.keys?.length ?? 0) > 0)).toBe(true);
      }),
    );
  });

  it('replaces the whole entry of one identity', () => {
    fc.assert(
      fc.property(policies, policy, (list, change) => {
        const after = mergePolicies(list, 'replace', [change]);
        expect(rights(after, change.objectId)).toEqual(rights([change], change.objectId));
      }),
    );
  });
});

describe('an access policy', () => {
  it('allows in any casing, by all, and never for a compound identity alone', () => {
    const keys = ['UnwrapKey'];
    const entry = { tenantId: 'HOME', objectId: 'MySQL', permissions: { keys } };
    expect(may([entry], 'mysql', 'unwrapKey')).toBe(true);
    expect(may([entry], 'mysql', 'wrapKey')).toBe(false);
    expect(may([{ ...entry, permissions: { keys: ['all'] } }], 'mysql', 'purge')).toBe(true);
    expect(may([{ ...entry, applicationId: 'portal' }], 'mysql', 'unwrapKey')).toBe(false);
    expect(policyAllows([entry], { objectId: 'mysql', tenantId: 'other' }, 'unwrapKey')).toBe(false);
  });
});
