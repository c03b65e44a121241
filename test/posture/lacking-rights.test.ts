import { describe, expect, it } from 'vitest';
import { PRODUCT_PARTS, productRole } from '../../local/cloud/worlds/product-role.ts';
import type { OwnGrant, VaultReach } from '../../src/posture/coverage-facts.ts';
import { linesOfLacking } from '../../src/posture/lacking-rights.ts';
import { present, unknown } from '../../src/remediation/model/facts.ts';
import { aSingleServer, aVault, KEY } from '../builders/observation.ts';
import { actionsByPart } from '../infra/least-privilege/permissions-table.ts';

const SELF = '00000000-0000-0000-0000-0000000000c1';
const SCOPE = '/subscriptions/00000000-0000-0000-0000-000000000001';
const grants: readonly OwnGrant[] = PRODUCT_PARTS.map((part) => ({
  scope: SCOPE,
  ...productRole(part).permissions[0],
}));

const without = (named: string): readonly OwnGrant[] => {
  const kind = named.startsWith('data ') ? 'dataActions' : 'actions';
  return grants.map((one) => ({
    ...one,
    [kind]: one[kind].filter((action) => `data ${action}` !== named && action !== named),
  }));
};

const linesWith = (held: readonly OwnGrant[], permissionModel: 'rbac' | 'accessPolicies' = 'rbac') => {
  const reach: VaultReach = {
    key: KEY,
    vault: present(aVault({ permissionModel })),
    dataPlane: { kind: 'open' },
    keysSeen: present(true),
    locks: present([]),
    own: present({ objectId: SELF, grants: present(held) }),
    consumers: [aSingleServer()],
  };
  return linesOfLacking(reach);
};

describe('what the product lacks of its own role', () => {
  it('is nothing where it holds all four parts, and unknown where it may not see what it holds', () => {
    expect(linesWith(grants)).toEqual([]);
    expect(
      linesOfLacking({
        key: KEY,
        vault: present(aVault()),
        dataPlane: { kind: 'open' },
        keysSeen: present(true),
        locks: present([]),
        own: present({ objectId: SELF, grants: unknown('nobody lets it') }),
        consumers: [],
      }),
    ).toEqual([]);
  });

  it.each(actionsByPart())(
    'is said where its part $part lacks $action, with the file that it must be like',
    ({ part, action }) => {
      const lines = linesWith(without(action));
      expect(lines).toMatchObject([
        {
          row: 'rights',
          check: 'roleIsWhole',
          verdict: 'fail',
          subject: part === 'consumers' ? aSingleServer().id : aVault().id,
          evidence: expect.stringMatching(
            new RegExp(`^The product may not ${action.replace('data ', '')} at .*infra/custom-role-${part}\\.json`),
          ),
          plan: [expect.stringContaining(productRole(part).roleName)],
        },
      ]);
    },
  );

  it('is no data action where access policies decide', () => {
    expect(linesWith(without('data Microsoft.KeyVault/vaults/keys/update/action'), 'accessPolicies')).toEqual([]);
  });

  it.each(PRODUCT_PARTS)('is the whole part %s, with the command that assigns it', (part) => {
    const lines = linesWith(grants.filter((_, at) => PRODUCT_PARTS[at] !== part));
    expect(lines).toMatchObject([
      { plan: [expect.stringContaining(`az role assignment create --role '${productRole(part).roleName}'`)] },
    ]);
  });
});
