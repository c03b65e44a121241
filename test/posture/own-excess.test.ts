import { describe, expect, it } from 'vitest';
import { PRODUCT_PARTS, productRole } from '../../local/cloud/worlds/product-role.ts';
import type { OwnGrant } from '../../src/posture/coverage-facts.ts';
import { linesOfActing } from '../../src/posture/lines-of-rights.ts';
import { judgeOwnRights } from '../../src/posture/own-excess.ts';
import { type AccessPolicy, present, unknown, type VaultFacts } from '../../src/remediation/model/facts.ts';
import { grantsCondition } from '../../src/remediation/model/role-parts.ts';
import { aDiskEncryptionSet, aFlexibleServer, aVault } from '../builders/observation.ts';

const SELF = '00000000-0000-0000-0000-0000000000c1';
const OTHER = '00000000-0000-0000-0000-0000000000c2';
const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
const VAULT = aVault().id.toLowerCase();
const KEYS = ['get', 'list', 'update', 'recover', 'restore'];

const none = { actions: [], notActions: [], dataActions: [], notDataActions: [] };
const held = (changes: Partial<OwnGrant>): OwnGrant => ({
  scope: SUBSCRIPTION,
  assignmentId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments/one`,
  ...none,
  ...changes,
});
const role: readonly OwnGrant[] = PRODUCT_PARTS.map((part) =>
  held({ ...productRole(part).permissions[0], ...(part === 'grants' && { condition: grantsCondition(SELF) }) }),
);

const judge = (grants: readonly OwnGrant[], vault: Partial<VaultFacts> = {}) =>
  judgeOwnRights(present(aVault(vault)), present({ objectId: SELF, grants: present(grants) }));
const policy = (changes: Partial<AccessPolicy>): Partial<VaultFacts> => ({
  accessPolicies: [{ tenantId: aVault().tenantId, objectId: SELF, keys: KEYS, ...changes }],
});

describe('the rights that the product has on a vault', () => {
  it('are its role in four parts with the condition, and its access policy, and nothing is said', () => {
    expect(judge(role, policy({})).verdict).toBe('pass');
    const others = policy({ objectId: OTHER, keys: ['purge'], others: ['secrets get'] });
    expect(judge(role, others).verdict).toBe('pass');
  });

  it.each([
    ['a permission on keys that it never asks for', { keys: [...KEYS, 'purge'] }, 'keys purge'],
    ['every permission on keys', { keys: ['all'] }, 'keys all'],
    ['the use of keys', { keys: [...KEYS, 'unwrapkey'] }, 'keys unwrapkey'],
    ['secrets', { others: ['secrets get'] }, 'secrets get'],
    ['certificates', { others: ['certificates list'] }, 'certificates list'],
    ['more as one with an application', { applicationId: OTHER, keys: ['decrypt'] }, 'keys decrypt'],
  ])('are too many where an access policy gives it %s, and the commands take that away', (_, changes, what) => {
    const found = judge(role, policy(changes));
    expect(found).toMatchObject({ verdict: 'fail', evidence: expect.stringContaining(what) });
    expect(found.plan).toEqual([
      `az keyvault delete-policy --name contoso --subscription 00000000-0000-0000-0000-000000000001 --object-id ${SELF}`,
      `az keyvault set-policy --name contoso --subscription 00000000-0000-0000-0000-000000000001 --object-id ${SELF} --key-permissions ${KEYS.join(' ')}`,
    ]);
    expect(judge(role, { ...policy(changes), permissionModel: 'rbac' }).plan).toHaveLength(1);
  });

  const assignment = 'az role assignment delete --ids';
  it.each([
    ['Owner on the subscription', { actions: ['*'] }],
    [
      'Reader at a management group',
      { scope: '/providers/microsoft.management/managementgroups/all', actions: ['*/read'] },
    ],
    ['an officer’s role at the vault', { scope: VAULT, dataActions: ['Microsoft.KeyVault/vaults/keys/*'] }],
    [
      'the use of one of its keys',
      { scope: `${VAULT}/keys/cmk`, dataActions: ['Microsoft.KeyVault/vaults/keys/wrap/action'] },
    ],
    ['its secrets', { dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'] }],
    ['the right to delete it', { scope: VAULT, actions: ['Microsoft.KeyVault/vaults/delete'] }],
  ])('are too many where it has %s', (_, changes) => {
    const found = judge([...role, held(changes)]);
    expect(found).toMatchObject({ verdict: 'fail', plan: [expect.stringContaining(assignment)] });
  });

  it.each([
    ['no condition at all', undefined],
    ['a condition that keeps from somebody else', grantsCondition(OTHER)],
    [
      'a condition that says less',
      "@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase 'ServicePrincipal'",
    ],
  ])('are too many where it may assign roles under %s; the commands assign that part anew', (_, condition) => {
    const { condition: _ours, ...bare } = role[PRODUCT_PARTS.indexOf('grants')] as OwnGrant;
    const found = judge([{ ...bare, ...(condition !== undefined && { condition }) }]);
    expect(found).toMatchObject({ verdict: 'fail', evidence: expect.stringContaining('without the condition') });
    expect(found.plan).toEqual([
      expect.stringContaining(assignment),
      expect.stringContaining(`GuidNotEquals {${SELF}}`),
    ]);
  });

  it('are not too many for what lies elsewhere', () => {
    const storage = `${SUBSCRIPTION}/resourcegroups/guardian/providers/microsoft.storage/storageaccounts/guardian`;
    const own = held({
      scope: storage,
      dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*'],
    });
    expect(judge([...role, own], policy({})).verdict).toBe('pass');
  });

  it('are unknown, never well, where nobody could tell', () => {
    expect(judgeOwnRights(unknown('403'), present({ objectId: SELF, grants: present(role) })).verdict).toBe('unknown');
    expect(judgeOwnRights(present(aVault()), unknown('403')).verdict).toBe('unknown');
    expect(judgeOwnRights(present(aVault()), present({ objectId: SELF, grants: unknown('403') })).verdict).toBe(
      'unknown',
    );
  });
});

describe('a consumer that uses its key with the identity of the product', () => {
  it('is a failed line of its own, and no other consumer has one', () => {
    const acting = aFlexibleServer('billing', { principalId: present(SELF), actsAsProduct: true });
    const lines = linesOfActing([aFlexibleServer('web'), acting, aDiskEncryptionSet()]);
    expect(lines).toEqual([
      {
        row: 'rights',
        check: 'identityOfItsOwn',
        subject: acting.id,
        kind: 'mysqlFlexibleServer',
        verdict: 'fail',
        evidence: expect.stringContaining('billing uses the identity of the product itself'),
      },
    ]);
  });
});
