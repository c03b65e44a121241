import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { productId } from '../../local/cloud/worlds/product.ts';
import type { KeyPermission } from '../../src/remediation/model/key-permission.ts';
import type { SpecOf, StepSpec } from '../../src/remediation/steps/steps.ts';
import { sampled } from '../run/exhaustive.ts';
import { FLEXIBLE, KEY, MARK, markServer, markVault, markVersion, ORDERS, SINGLE, stateOf, vaultId } from './orders.ts';
import { HOUR, type Stage, stage } from './product.ts';

type Model = 'accessPolicies' | 'rbac';
type Grant = SpecOf<'grantKeyAccess'>;

const NEEDS: Readonly<Record<string, readonly KeyPermission[]>> = {
  [SINGLE]: ['get', 'unwrapKey', 'wrapKey'],
  [FLEXIBLE]: ['get', 'list', 'unwrapKey', 'wrapKey'],
};

const planOf = (model: Model): WorldPlan => ({
  ...ORDERS,
  vaults: (ORDERS.vaults ?? []).map((vault) => ({
    ...vault,
    permissions: model === 'rbac' ? 'roles' : 'accessPolicies',
  })),
});

const WEB_IDENTITY = FLEXIBLE.replace(
  'Microsoft.DBforMySQL/flexibleServers/web',
  'Microsoft.ManagedIdentity/userAssignedIdentities/web-identity',
);

/** The principal that a server uses its key as: that of itself, or that of its user-assigned identity. */
const principalOf = ({ cloud: { world } }: Stage, consumer: string): string => {
  const principal = world.entra.managedIdentity(consumer === SINGLE ? SINGLE : WEB_IDENTITY)?.objectId;
  if (principal === undefined) throw new Error(`${consumer} has no identity`);
  return principal;
};

const grant = (set: Stage, model: Model, consumer = SINGLE): Grant => {
  const vault = vaultId(set.cloud).toLowerCase();
  return {
    kind: 'grantKeyAccess',
    target: vault,
    parameters: {
      vaultId: vault,
      key: KEY,
      model,
      principalId: principalOf(set, consumer),
      tenantId: set.cloud.world.entra.tenantId,
      permissions: NEEDS[consumer] ?? [],
      consumerId: consumer.toLowerCase(),
    },
  };
};

const but = (step: Grant, parameters: Partial<Grant['parameters']>): Grant => ({
  ...step,
  parameters: { ...step.parameters, ...parameters },
});

/** Takes a consumer's access to its key away. */
const revoke = (set: Stage, model: Model, consumer: string): void => {
  const { world } = set.cloud;
  const objectId = principalOf(set, consumer);
  if (model === 'accessPolicies') {
    const policy = { tenantId: world.entra.tenantId, objectId, permissions: { keys: [...(NEEDS[consumer] ?? [])] } };
    world.keyVault.changePolicies('kv-orders', 'remove', [policy]);
    return;
  }
  for (const { name, principalId, scope } of world.rbac.assignments())
    if (principalId === objectId) world.rbac.unassign(scope, name);
};

const mutations = ({ cloud }: Stage): readonly string[] =>
  cloud.requests.list({ mutating: true }).map(({ method, url }) => `${method} ${new URL(url).pathname}`);

/** All grants that give access to the vault. */
const letIn = ({ cloud: { world } }: Stage) => ({
  policies: world.keyVault.vault('kv-orders')?.access.at(-1)?.policies ?? [],
  assignments: world.rbac.assignments().map(({ principalId, role, scope }) => `${principalId} ${role} ${scope}`),
});

const revoked = async (model: Model, consumer = SINGLE): Promise<Stage> => {
  const set = await stage(planOf(model));
  revoke(set, model, consumer);
  await set.advance(HOUR);
  set.requests();
  return set;
};

describe.each(sampled(['accessPolicies', 'rbac'] as const, 0))('a consumer that lost its access under %s', (model) => {
  it.each([SINGLE, FLEXIBLE])('gets exactly that back, once, and nobody else is touched: %s', async (consumer) => {
    const set = await stage(planOf(model));
    const before = letIn(set);
    revoke(set, model, consumer);
    await set.advance(HOUR);
    expect(stateOf(set.cloud, consumer)).toBe('inaccessible');
    const step = grant(set, model, consumer);
    expect(await set.call('repair', step)).toMatchObject({
      sent: { kind: 'done', correlationIds: [expect.any(String)] },
    });
    expect(await set.call('repair', step)).toMatchObject({ target: 'noDrift' });
    const after = letIn(set);
    expect(new Set(after.assignments)).toEqual(new Set(before.assignments));
    const sorted = (policies: typeof after.policies) =>
      policies
        .map(({ objectId, permissions }) => ({ objectId, keys: new Set(permissions.keys) }))
        .sort((a, b) => a.objectId.localeCompare(b.objectId));
    expect(sorted(after.policies)).toEqual(sorted(before.policies));
    expect(mutations(set)).toHaveLength(1);
    const use = await set.cloud.world.keyVault.use(
      { principalId: principalOf(set, consumer), tenantId: set.cloud.world.entra.tenantId, trustedService: true },
      set.cloud.world.keyVault.key('kv-orders', 'cmk')?.versions[0]?.kid ?? '',
      'wrapKey',
    );
    expect(use).toEqual({ ok: true });
  });

  it('is not granted under the other model, which would succeed and do nothing', async () => {
    const set = await revoked(model);
    const other = model === 'rbac' ? 'accessPolicies' : 'rbac';
    expect(await set.call('repair', grant(set, other))).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining(`uses ${model} now`),
    });
    expect(mutations(set)).toEqual([]);
  });

  it.each([
    ['is of another principal by now', (set: Stage) => ({ principalId: principalOf(set, FLEXIBLE) })],
    ['is gone', () => ({ consumerId: SINGLE.toLowerCase().replace(/orders$/, 'gone') })],
    ['uses another key', () => ({ key: { ...KEY, name: 'other' } })],
    ['is of another tenant than the vault', () => ({ tenantId: '00000000-0000-0000-0000-000000000009' })],
    ['has its key in a vault of another name', () => ({ key: { ...KEY, host: 'kv-other.vault.azure.net' } })],
  ])('is let in no more where it %s', async (_, change) => {
    const set = await revoked(model);
    const step = but(grant(set, model), change(set));
    expect(await set.call('repair', step)).toMatchObject({ target: 'blocked' });
    expect(mutations(set)).toEqual([]);
  });

  it('is read with the tags of its vault, its version and itself', async () => {
    const set = await revoked(model);
    for (const mark of [markVault, markVersion, markServer(SINGLE)]) mark(set.cloud);
    const { tagged = [] } = await set.call('repair', grant(set, model));
    expect(tagged.map(({ tags }) => tags)).toEqual([MARK, MARK, MARK]);
  });

  it('is not let in where the vault has a read-only lock', async () => {
    const set = await revoked(model);
    set.cloud.world.locks.put({ scope: vaultId(set.cloud), name: 'keep', level: 'ReadOnly' });
    expect(await set.call('repair', grant(set, model))).toMatchObject({
      sent: { kind: 'blocked', why: expect.stringContaining('ScopeLocked') },
    });
  });

  it('is let in once where the answer is lost', async () => {
    const set = await revoked(model);
    set.cloud.faults.add({ route: 'PUT *', kind: 'reset-after', rate: 1 });
    await expect(set.call('repair', grant(set, model))).rejects.toThrow('the outcome is unknown');
    set.cloud.faults.clear();
    expect(await set.call('repair', grant(set, model))).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toHaveLength(1);
  });
});

describe('an access policy', () => {
  it('joins what its principal may do already, and takes nothing away', async () => {
    const set = await revoked('accessPolicies');
    const { world } = set.cloud;
    const objectId = principalOf(set, SINGLE);
    const has = { keys: ['Get', 'sign'], secrets: ['get'] };
    world.keyVault.changePolicies('kv-orders', 'add', [{ tenantId: world.entra.tenantId, objectId, permissions: has }]);
    expect(await set.call('repair', grant(set, 'accessPolicies'))).toMatchObject({
      why: expect.stringMatching(/lacks unwrapKey, wrapKey in/),
      sent: { kind: 'done' },
    });
    const own = letIn(set).policies.find((policy) => policy.objectId === objectId);
    expect(own?.permissions).toEqual({ keys: ['Get', 'sign', 'unwrapKey', 'wrapKey'], secrets: ['get'] });
  });

  it('for a compound identity is nobody’s: the consumer still gets its own', async () => {
    const set = await revoked('accessPolicies');
    const { world } = set.cloud;
    const compound = {
      tenantId: world.entra.tenantId,
      objectId: principalOf(set, SINGLE),
      applicationId: '00000000-0000-0000-0000-00000000000a',
      permissions: { keys: ['all'] },
    };
    world.keyVault.changePolicies('kv-orders', 'add', [compound]);
    expect(await set.call('repair', grant(set, 'accessPolicies'))).toMatchObject({ sent: { kind: 'done' } });
    expect(letIn(set).policies).toContainEqual(compound);
  });

  it('is not added where the vault holds as many as it takes', async () => {
    const set = await revoked('accessPolicies');
    const { world } = set.cloud;
    const { policies } = letIn(set);
    const others = Array.from({ length: 1024 - policies.length }, (_, n) => ({
      tenantId: world.entra.tenantId,
      objectId: `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`,
      permissions: { keys: ['get'] },
    }));
    world.keyVault.changePolicies('kv-orders', 'add', others);
    expect(await set.call('repair', grant(set, 'accessPolicies'))).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('1024'),
    });
    expect(mutations(set)).toEqual([]);
  });
});

describe('a role assignment', () => {
  it('lies at the key and not at the vault, takes five calls, and has the same name in every run', async () => {
    const names: (string | undefined)[] = [];
    for (const _ of [1, 2]) {
      const set = await revoked('rbac', FLEXIBLE);
      await set.call('repair', grant(set, 'rbac', FLEXIBLE));
      const calls = set.requests();
      expect(calls).toHaveLength(5);
      names.push(calls.at(-1));
    }
    expect(names[0]).toMatch(
      /^PUT .*\/vaults\/kv-orders\/keys\/cmk\/providers\/Microsoft\.Authorization\/roleAssignments\/[0-9a-f-]{36} 201$/,
    );
    expect(names[1]).toBe(names[0]);
  });

  it('that exists under another name is not made again', async () => {
    const set = await revoked('rbac');
    const { world } = set.cloud;
    const scope = `${vaultId(set.cloud)}/keys/cmk`;
    const role = 'Key Vault Crypto Service Encryption User';
    world.rbac.assign({ scope, role, principalId: principalOf(set, SINGLE) });
    expect(await set.call('repair', grant(set, 'rbac'))).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toEqual([]);
  });

  it('that exists and that the list does not show yet is what was wanted', async () => {
    const set = await revoked('rbac');
    const { rbac, switches } = set.cloud.world;
    switches.assignmentListSeconds = 60;
    const scope = `${vaultId(set.cloud)}/keys/cmk`;
    const role = 'Key Vault Crypto Service Encryption User';
    rbac.assign({ scope, role, principalId: principalOf(set, SINGLE) });
    const before = letIn(set);
    expect(await set.call('repair', grant(set, 'rbac'))).toMatchObject({ target: 'drift', sent: { kind: 'done' } });
    expect(letIn(set)).toEqual(before);
  });

  it('of that name for somebody else is not changed, and is said to be in the way', async () => {
    const set = await revoked('rbac');
    const { world } = set.cloud;
    const principalId = principalOf(set, SINGLE);
    await set.call('repair', grant(set, 'rbac'));
    const made = world.rbac.assignments().find((one) => one.principalId === principalId);
    world.rbac.unassign(made?.scope ?? '', made?.name ?? '');
    world.rbac.assign({
      ...made,
      scope: made?.scope ?? '',
      role: made?.role ?? '',
      principalId: principalOf(set, FLEXIBLE),
    });
    expect(await set.call('repair', grant(set, 'rbac'))).toMatchObject({
      sent: {
        kind: 'blocked',
        why: expect.stringMatching(/az role assignment list.*RoleAssignmentUpdateNotPermitted/),
      },
    });
  });

  it('is not made where the product may assign no roles', async () => {
    const set = await revoked('rbac');
    const { rbac, entra } = set.cloud.world;
    const objectId = entra.managedIdentity(productId)?.objectId ?? '';
    const step = grant(set, 'rbac');
    for (const one of rbac.assignments()) if (one.principalId === objectId) rbac.unassign(one.scope, one.name);
    for (const role of ['Reader', 'Key Vault Crypto Officer']) rbac.assign({ scope: '/', role, principalId: objectId });
    expect(await set.call('repair', step)).toMatchObject({
      sent: { kind: 'blocked', why: expect.stringContaining('AuthorizationFailed') },
    });
  });
});

describe('the right to read the vault', () => {
  const reader = (set: Stage): StepSpec => {
    const { vaultId: vault, principalId, consumerId } = grant(set, 'rbac').parameters;
    return { kind: 'grantReader', target: vault, parameters: { vaultId: vault, principalId, consumerId } };
  };

  it('is given at the vault, once', async () => {
    const set = await stage(planOf('accessPolicies'));
    expect(await set.call('repair', reader(set))).toMatchObject({ sent: { kind: 'done' } });
    expect(await set.call('repair', reader(set))).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toEqual([
      expect.stringMatching(/vaults\/kv-orders\/providers\/Microsoft\.Authorization\/roleAssignments\//),
    ]);
    expect(letIn(set).assignments).toContain(
      `${principalOf(set, SINGLE)} acdd72a7-3385-48ef-bd42-f606fba81ae7 ${vaultId(set.cloud)}`,
    );
  });

  it('is not given to who uses no key of that vault', async () => {
    const set = await stage({
      ...planOf('rbac'),
      vaults: [...(planOf('rbac').vaults ?? []), { name: 'kv-other', permissions: 'roles', keys: [] }],
    });
    const step = JSON.parse(JSON.stringify(reader(set)).replaceAll('vaults/kv-orders', 'vaults/kv-other'));
    expect(await set.call('repair', step)).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('another key'),
    });
    expect(mutations(set)).toEqual([]);
  });
});
