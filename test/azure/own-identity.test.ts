import { describe, expect, it } from 'vitest';
import { productId } from '../../local/cloud/worlds/product.ts';
import type { StepSpec } from '../../src/remediation/steps/steps.ts';
import { mutations } from './follow-through.ts';
import { FLEXIBLE, KEY, ORDERS, pinnedVersion, vaultId, vaultOf } from './orders.ts';
import { HOUR, type Stage, SUBSCRIPTION, stage } from './product.ts';

const WEB_IDENTITY =
  `${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.ManagedIdentity/userAssignedIdentities/web-identity`.toLowerCase();

const own = ({ cloud: { world } }: Stage): string => world.entra.managedIdentity(productId)?.objectId ?? '';

/** A server uses its key with the same identity as the product. */
const runsAsWeb = async (): Promise<Stage> => {
  const set = await stage(ORDERS);
  Object.assign(set.cloud.world.entra.managedIdentity(WEB_IDENTITY) ?? {}, { objectId: own(set) });
  for (const assigned of Object.values(set.cloud.world.mysql.servers.flexible(FLEXIBLE)?.identities ?? {}))
    assigned.principalId = own(set);
  await set.advance(HOUR);
  return set;
};

const grantsToProduct = (set: Stage): readonly (readonly [string, StepSpec])[] => {
  const vault = vaultId(set.cloud).toLowerCase();
  const grantee = { vaultId: vault, principalId: own(set), consumerId: FLEXIBLE.toLowerCase() };
  const access = { key: KEY, tenantId: set.cloud.world.entra.tenantId, permissions: ['get', 'list'] as const };
  return (['accessPolicies', 'rbac'] as const)
    .map((model): readonly [string, StepSpec] => [
      model,
      { kind: 'grantKeyAccess', target: vault, parameters: { ...grantee, ...access, model } },
    ])
    .concat([['reader', { kind: 'grantReader', target: vault, parameters: grantee }]]);
};

describe('the product’s own identity', () => {
  it('is seen on a consumer that uses its key with it, and on no other', async () => {
    const set = await runsAsWeb();
    const { consumers } = await set.call('observeKey', KEY);
    const acting =
      consumers.kind === 'present' ? consumers.value.map(({ name, actsAsProduct }) => [name, actsAsProduct]) : [];
    expect(acting).toEqual([
      ['orders', undefined],
      ['web', true],
    ]);
  });

  it('is let in by no write, though a step was approved that names it', async () => {
    const set = await runsAsWeb();
    for (const [, step] of grantsToProduct(set))
      expect(await set.call('repair', step)).toMatchObject({
        target: 'blocked',
        why: `${own(set)} is the product itself, which gives itself nothing`,
      });
    expect(mutations(set)).toEqual([]);
  });

  it('is put on no consumer: that one would have the product’s rights', async () => {
    const set = await runsAsWeb();
    const step: StepSpec = {
      kind: 'assignIdentity',
      target: FLEXIBLE.toLowerCase(),
      parameters: {
        ...vaultOf(pinnedVersion(set.cloud).kid),
        consumerKind: 'mysqlFlexibleServer',
        kid: pinnedVersion(set.cloud).kid,
        identity: { kind: 'user', id: WEB_IDENTITY },
      },
    };
    expect(await set.call('repair', step)).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('the product itself'),
    });
    expect(mutations(set)).toEqual([]);
  });
});
