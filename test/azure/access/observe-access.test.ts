import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import type { KeyObservation } from '../../../src/remediation/model/facts.ts';
import { backupFolder } from '../backup-folder.ts';
import { closeFirewall, FLEXIBLE, KEY, ORDERS, SINGLE } from '../orders.ts';
import { HOUR, type Stage, SUBSCRIPTION, stage } from '../product.ts';

const SET = `${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.Compute/diskEncryptionSets/disks`;
const consumerIds = [SINGLE, FLEXIBLE];
const WHOLE = ['get', 'list', 'unwrapKey', 'wrapKey'];

const withModel = (permissions: 'accessPolicies' | 'roles', others: Partial<WorldPlan> = {}): WorldPlan => ({
  ...ORDERS,
  vaults: (ORDERS.vaults ?? []).map((vault) => ({ ...vault, permissions })),
  ...others,
});
const ROLES = withModel('roles');
const WITH_SET = { sets: [{ name: 'disks', vault: 'kv-orders', key: 'cmk', version: 1 }] };

const observe = (set: Stage, ids: readonly string[] = consumerIds) => set.call('observeKey', KEY, { consumerIds: ids });

const BESIDE = [
  /(roleassignments)$/,
  /(roledefinitions)\/[0-9a-f-]+$/,
  /(userassignedidentities\/[^/]+)$/,
  /keyvault\/vaults\/([^/]+\/keys)$/,
];

/** The requests for other things than the vault, its key and the consumers. */
const beside = ({ requests }: Stage): readonly string[] =>
  requests()
    .map((line) => line.split(' ')[1]?.toLowerCase() ?? '')
    .flatMap((url) => BESIDE.flatMap((pattern) => pattern.exec(url)?.[1] ?? []));

const principalOf = ({ cloud }: Stage, id: string): string => {
  const { entra, mysql } = cloud.world;
  const server = mysql.servers.get(id);
  const identity = server?.generation === 'flexible' ? server.dataEncryption?.primaryUserAssignedIdentityId : id;
  return entra.managedIdentity(identity ?? id)?.objectId ?? '';
};

const accessOf = (set: Stage, { access }: KeyObservation, id: string) => access?.[principalOf(set, id)];

const takeRole = ({ cloud }: Stage, principalId: string): void => {
  const { rbac } = cloud.world;
  for (const one of rbac.assignments()) if (one.principalId === principalId) rbac.unassign(one.scope, one.name);
};

const takePolicy = ({ cloud }: Stage, objectId: string, keys: string[]): void => {
  const policy = { tenantId: cloud.world.entra.tenantId, objectId, permissions: { keys } };
  cloud.world.keyVault.changePolicies('kv-orders', 'remove', [policy]);
};

describe('access by roles', () => {
  it('is known for one list at the key, and one call for the role in ten minutes', async () => {
    const set = await stage(ROLES);
    for (const sent of [['roleassignments', 'roledefinitions'], ['roleassignments']]) {
      set.requests();
      const seen = await observe(set);
      for (const id of consumerIds)
        expect(accessOf(set, seen, id)).toMatchObject({ kind: 'present', value: { permissions: WHOLE } });
      expect(beside(set)).toEqual(sent);
    }
    await set.advance(HOUR);
    await observe(set);
    expect(beside(set)).toHaveLength(2);
  });

  it('is missing where the role was taken away, for no call more', async () => {
    const set = await stage(ROLES);
    takeRole(set, principalOf(set, SINGLE));
    const seen = await observe(set);
    expect(accessOf(set, seen, SINGLE)).toMatchObject({ kind: 'present', value: { permissions: [] } });
    expect(accessOf(set, seen, FLEXIBLE)).toMatchObject({ value: { permissions: WHOLE } });
    expect(seen).not.toHaveProperty('otherKeys');
  });

  it('is unknown where a group may have it', async () => {
    const set = await stage(ROLES);
    takeRole(set, principalOf(set, SINGLE));
    const principalId = '00000000-0000-0000-0000-0000000000c1';
    const role = 'Key Vault Administrator';
    set.cloud.world.rbac.assign({ scope: SUBSCRIPTION, role, principalId, principalType: 'Group' });
    const seen = await observe(set);
    expect(accessOf(set, seen, SINGLE)).toEqual({ kind: 'unknown', reason: expect.stringContaining(principalId) });
    expect(accessOf(set, seen, FLEXIBLE)).toMatchObject({ kind: 'present' });
  });

  it.each([
    ['everybody', { kind: 'present', value: { permissions: WHOLE, roles: [] } }],
    ['users', { kind: 'unknown', reason: expect.stringContaining('the group') }],
  ] as const)('through a group is seen as far as Azure resolves the groups of %s', async (resolves, expected) => {
    const set = await stage(ROLES, { switches: { assignedToResolves: resolves } });
    const { entra, rbac, subscriptions } = set.cloud.world;
    const [principalId, group] = [principalOf(set, SINGLE), entra.groups.create('servers').objectId];
    takeRole(set, principalId);
    subscriptions.putBelow('root', { subscription: SUBSCRIPTION.split('/').at(-1) ?? '' });
    const scope = '/providers/Microsoft.Management/managementGroups/root';
    rbac.assign({ scope, role: 'Key Vault Administrator', principalId: group, principalType: 'Group' });
    expect(accessOf(set, await observe(set), SINGLE)).toEqual({
      kind: 'unknown',
      reason: expect.stringContaining('the group'),
    });
    entra.groups.add(group, principalId);
    set.requests();
    expect(accessOf(set, await observe(set), SINGLE)).toEqual(expected);
    expect(beside(set).filter((one) => one === 'roleassignments')).toHaveLength(2);
  });

  it('does not follow from access policies, nor the other way round', async () => {
    const set = await stage(ROLES);
    set.cloud.world.keyVault.updateVault('kv-orders', { rbac: false });
    expect(accessOf(set, await observe(set), SINGLE)).toMatchObject({ value: { permissions: [] } });
    const other = await stage(ORDERS);
    other.cloud.world.keyVault.updateVault('kv-orders', { rbac: true });
    expect(accessOf(other, await observe(other), SINGLE)).toMatchObject({ value: { permissions: [] } });
  });

  it('is unknown where the product may not see who holds which role, and the reason says what to do', async () => {
    const set = await stage(ROLES);
    const [permission] = set.cloud.world.rbac.definition('CMK Guardian Observe')?.permissions ?? [];
    if (permission) permission.actions = permission.actions.filter((one) => !one.endsWith('roleAssignments/read'));
    expect(accessOf(set, await observe(set), SINGLE)).toEqual({
      kind: 'unknown',
      reason: expect.stringMatching(/az role assignment create --role 'CMK Guardian Observe'.*AuthorizationFailed/s),
    });
  });
});

describe('access by access policies', () => {
  it('is unknown where an entry may be a group’s that gives what is missing, and told with what it has itself', async () => {
    const set = await stage(ORDERS);
    const principalId = principalOf(set, SINGLE);
    takePolicy(set, principalId, ['wrapKey']);
    const group = '00000000-0000-4000-8000-0000000000c1';
    const tenantId = set.cloud.world.entra.tenantId;
    const give = (objectId: string, keys: string[]) =>
      set.cloud.world.keyVault.changePolicies('kv-orders', 'add', [{ tenantId, objectId, permissions: { keys } }]);
    give(group, ['get', 'list']);
    expect(await observe(set)).not.toHaveProperty('direct');
    give(group, ['wrapKey']);
    const seen = await observe(set);
    expect(accessOf(set, seen, SINGLE)).toEqual({
      kind: 'unknown',
      reason: expect.stringMatching(`may wrapKey.*${group}`),
    });
    expect(seen.direct).toEqual({ [principalId]: ['get', 'unwrapKey'] });
    expect(seen.otherKeys).toEqual({ kind: 'present', value: false });
    const known = await set.call('observeKey', KEY, { consumerIds, principals: [group] });
    expect(accessOf(set, known, SINGLE)).toMatchObject({
      kind: 'present',
      value: { permissions: ['get', 'unwrapKey'] },
    });
  });

  it('is known for no call at all', async () => {
    const set = await stage(ORDERS);
    const seen = await observe(set);
    expect(accessOf(set, seen, SINGLE)).toEqual({
      kind: 'present',
      value: { permissions: ['get', 'unwrapKey', 'wrapKey'] },
    });
    expect(accessOf(set, seen, FLEXIBLE)).toMatchObject({ kind: 'present', value: { permissions: WHOLE } });
    expect(seen).not.toHaveProperty('otherKeys');
    expect(beside(set)).toEqual([]);
  });

  it('is missing where a permission was taken away, and one call tells that no other key is there', async () => {
    const set = await stage(ORDERS);
    takePolicy(set, principalOf(set, SINGLE), ['wrapKey']);
    const seen = await observe(set);
    expect(accessOf(set, seen, SINGLE)).toEqual({ kind: 'present', value: { permissions: ['get', 'unwrapKey'] } });
    expect(seen.otherKeys).toEqual({ kind: 'present', value: false });
    expect(beside(set)).toEqual(['kv-orders/keys']);
  });

  it('would open other keys where there are some, also behind a firewall', async () => {
    const set = await stage(ORDERS);
    set.cloud.world.keyVault.createKey('kv-orders', 'another');
    closeFirewall(set.cloud);
    takePolicy(set, principalOf(set, FLEXIBLE), ['list']);
    expect((await observe(set)).otherKeys).toEqual({ kind: 'present', value: true });
  });

  it('does not ask for other keys where a single server may not list, which it need not', async () => {
    const set = await stage(ORDERS);
    expect(await observe(set, [SINGLE])).not.toHaveProperty('otherKeys');
  });
});

describe('a disk encryption set', () => {
  const setId = ({ cloud }: Stage): string => cloud.world.compute.sets.get(SET)?.identity.system?.principalId ?? '';

  it.each(['accessPolicies', 'roles'] as const)(
    'reads its vault as a resource, which one list tells (%s)',
    async (model) => {
      const set = await stage(withModel(model, WITH_SET));
      const seen = await observe(set, [SET]);
      expect(seen.access?.[setId(set)]).toMatchObject({ kind: 'present', value: { reader: true } });
      expect(beside(set).filter((path) => path.endsWith('roleassignments'))).toHaveLength(1);
      takeRole(set, setId(set));
      const after = await observe(set, [SET]);
      expect(after.access?.[setId(set)]).toMatchObject({ kind: 'present', value: { reader: false } });
    },
  );

  it('is not said to lack it where the product may not see the roles of a vault with access policies', async () => {
    const set = await stage(withModel('accessPolicies', WITH_SET));
    const [permission] = set.cloud.world.rbac.definition('CMK Guardian Observe')?.permissions ?? [];
    if (permission) permission.actions = permission.actions.filter((one) => !one.endsWith('roleAssignments/read'));
    const seen = await observe(set, [SET]);
    expect(seen.access?.[setId(set)]).toEqual({
      kind: 'present',
      value: { permissions: ['get', 'unwrapKey', 'wrapKey'] },
    });
  });
});

describe('an identity that is gone', () => {
  it('is found by its missing access, before its server notices, with one call', async () => {
    const set = await stage(ORDERS);
    const { entra, managedIdentities, mysql } = set.cloud.world;
    const server = mysql.servers.get(FLEXIBLE);
    const identity =
      server?.generation === 'flexible' ? (server.dataEncryption?.primaryUserAssignedIdentityId ?? '') : '';
    takePolicy(set, entra.managedIdentity(identity)?.objectId ?? '', WHOLE);
    managedIdentities.remove(identity);
    const seen = await observe(set, [FLEXIBLE]);
    expect(seen.consumers).toMatchObject({
      value: [{ principalId: { kind: 'absent' }, identity: { kind: 'user', id: identity.toLowerCase() } }],
    });
    expect(seen.access).toEqual({});
    expect(seen).not.toHaveProperty('otherKeys');
    expect(beside(set)).toEqual(['userassignedidentities/web-identity']);
  });
});

describe('what a key could go on with', () => {
  it('is its current version, where that is wanted, for one call', async () => {
    const set = await stage(ORDERS);
    const current = set.cloud.world.keyVault.key('kv-orders', 'cmk')?.versions[1];
    await observe(set);
    const usual = set.requests().length;
    expect(await observe(set)).not.toHaveProperty('current');
    set.requests();
    const seen = await set.call('observeWithCurrent', KEY, { consumerIds });
    expect(seen.current).toMatchObject({ kind: 'present', value: { kid: current?.kid, enabled: true } });
    expect(set.requests()).toHaveLength(usual + 1);
    closeFirewall(set.cloud);
    const behind = await set.call('observeWithCurrent', KEY, { consumerIds });
    expect(behind.current).toMatchObject({ kind: 'present', value: { kid: current?.kid, keySize: 2048 } });
  });

  it.each([
    ['the backup that is there', ['kv-orders/cmk', 'kv-other/cmk'], { kind: 'present', value: 'kv-orders/cmk' }],
    ['nothing where there is none', ['kv-other/cmk'], { kind: 'absent' }],
  ])('is %s, once the key is gone', async (_, names, backup) => {
    const { backups, put } = backupFolder();
    for (const name of names) put(name, Buffer.from('a backup'));
    const set = await stage(ORDERS, { backups });
    set.cloud.world.keyVault.deleteKey('kv-orders', 'cmk');
    await set.advance(HOUR);
    expect(await observe(set)).not.toHaveProperty('backup');
    const vault = set.cloud.world.keyVault.vault('kv-orders');
    if (vault) vault.purgeProtection = false;
    set.cloud.world.keyVault.purgeKey('kv-orders', 'cmk');
    expect((await observe(set)).backup).toEqual(backup);
  });
});

const NAMES = ['kv-a', 'kv-b', 'kv-c'];
const estate = (permissions: 'accessPolicies' | 'roles'): WorldPlan => ({
  vaults: NAMES.map((name) => ({ name, permissions, keys: [{ name: 'cmk' }, { name: 'two' }] })),
  servers: NAMES.flatMap((vault) =>
    ['cmk', 'two'].map((key) => ({ name: `${vault}-${key}`, generation: 'flexible' as const, vault, key })),
  ),
});

describe('a sweep', () => {
  it('lists the assignments of a scope once for all its keys, and again when a minute has passed', async () => {
    const set = await stage(estate('roles'));
    const { keys } = await set.call('listConsumers');
    for (const [calls, ms] of [
      [2, 0],
      [0, 61_000],
      [1, 0],
    ] as const) {
      set.requests();
      const { observations } = await set.call('observeKeys', keys);
      const access = observations.flatMap((one) => Object.values(one.access ?? {}));
      expect(access).toMatchObject(Array(6).fill({ kind: 'present', value: { permissions: WHOLE } }));
      expect(beside(set)).toHaveLength(calls);
      await set.advance(ms);
    }
  });

  it('asks each vault once for other keys, and each identity once, where access is missing', async () => {
    const set = await stage(estate('accessPolicies'));
    const { keys } = await set.call('listConsumers');
    for (const name of NAMES) set.cloud.world.keyVault.updateVault(name, { accessPolicies: [] });
    set.requests();
    const { observations } = await set.call('observeKeys', keys);
    const asked = beside(set);
    expect(observations.map(({ otherKeys }) => otherKeys)).toEqual(Array(6).fill({ kind: 'present', value: true }));
    expect(asked.filter((path) => path.endsWith('/keys'))).toHaveLength(3);
    expect(asked.filter((path) => path.includes('userassignedidentities'))).toHaveLength(6);
  });
});
