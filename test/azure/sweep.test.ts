import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { productId } from '../../local/cloud/worlds/product.ts';
import { repeated, sampled } from '../run/exhaustive.ts';
import { type Stage, SUBSCRIPTION, stage } from './product.ts';

const VAULTS = ['kv-a', 'kv-b'] as const;

/**
 * Two vaults with a key each; each key has a single server and a flexible server, and beside them is a server without the key.
 */
const ESTATE: WorldPlan = {
  vaults: VAULTS.map((name) => ({ name, permissions: 'accessPolicies', keys: [{ name: 'cmk', expiresInDays: 90 }] })),
  servers: VAULTS.flatMap((vault) => [
    { name: `${vault}-single`, generation: 'single' as const, vault, key: 'cmk' },
    { name: `${vault}-flexible`, generation: 'flexible' as const, vault, key: 'cmk' },
  ]),
};

const withPlainServer = async (): Promise<Stage> => {
  const set = await stage(ESTATE);
  const { subscription, group, location } = {
    subscription: SUBSCRIPTION.split('/')[2] ?? '',
    group: 'data',
    location: 'koreacentral',
  };
  set.cloud.world.mysql.addSingleServer({ subscription, group, location, name: 'plain' });
  return set;
};

const losesItsRole = ({ cloud: { world } }: Stage): void => {
  const principalId = world.entra.managedIdentity(productId)?.objectId;
  const own = world.rbac.assignments().filter((one) => one.principalId === principalId);
  for (const { name, scope } of own) world.rbac.unassign(scope, name);
};

describe('a sweep', () => {
  it('finds the role assignments read ahead once it has needed them, and asks for none that it has not', async () => {
    const set = await stage({
      ...ESTATE,
      vaults: (ESTATE.vaults ?? []).map((vault) => ({ ...vault, permissions: 'roles' as const })),
    });
    const lists = () => set.requests().filter((line) => /roleAssignments/i.test(line)).length;
    const { keys } = await set.call('listConsumers');
    lists();
    await set.call('readAhead');
    expect(lists()).toBe(0);
    const before = await set.call('observeKeys', keys);
    await set.advance(300_000);
    lists();
    await set.call('readAhead');
    expect(lists()).toBe(1);
    const after = await set.call('observeKeys', keys);
    expect(lists()).toBe(0);
    expect(after.observations.map(({ access }) => access)).toEqual(before.observations.map(({ access }) => access));
  });

  it('goes on where role assignments cannot be read ahead', async () => {
    const set = await stage({
      ...ESTATE,
      vaults: (ESTATE.vaults ?? []).map((vault) => ({ ...vault, permissions: 'roles' as const })),
    });
    const { keys } = await set.call('listConsumers');
    await set.call('observeKeys', keys);
    await set.advance(300_000);
    losesItsRole(set);
    await expect(set.call('readAhead')).resolves.toBeUndefined();
  });

  it('finds every consumer of every key in the scope, and only those', async () => {
    const { call } = await withPlainServer();
    const { keys, unreadable } = await call('listConsumers');
    expect(unreadable).toEqual([]);
    const found = keys.map(({ key, consumers }) => [key.host, consumers.map(({ name }) => name).sort()]);
    expect(Object.fromEntries(found)).toEqual({
      'kv-a.vault.azure.net': ['kv-a-flexible', 'kv-a-single'],
      'kv-b.vault.azure.net': ['kv-b-flexible', 'kv-b-single'],
    });
  });

  it('lists each kind once, and reads on only for single servers with a key of their own', async () => {
    const { call, requests } = await withPlainServer();
    await call('listConsumers');
    const paths = requests().map((line) => line.replace(/^GET [^ ]*\/Microsoft\.(?:DBforMySQL|Compute)/, ''));
    expect(paths.sort()).toEqual([
      '/diskEncryptionSets 200',
      '/flexibleServers 200',
      '/servers 200',
      '/servers/kv-a-single/keys 200',
      '/servers/kv-b-single/keys 200',
    ]);
  });

  it('does not read again what a known single server pins, unless something else of it has changed', async () => {
    const set = await withPlainServer();
    const first = await set.call('listConsumers');
    const known = first.keys.flatMap(({ consumers }) => consumers);
    const single = (vault: string) => known.find(({ name }) => name === `${vault}-single`)?.id.toLowerCase();
    expect([...first.pinsRead].sort()).toEqual([single('kv-a'), single('kv-b')]);
    set.requests();
    expect(await set.call('listConsumers', known)).toEqual({ ...first, pinsRead: [] });
    expect(set.requests().filter((line) => line.includes('/keys'))).toEqual([]);

    const server = set.cloud.world.mysql.servers.single(single('kv-b') ?? '');
    if (server) server.tags = { owner: 'somebody else' };
    const { keys, pinsRead } = await set.call('listConsumers', known);
    expect(pinsRead).toEqual([single('kv-b')]);
    expect(
      keys.flatMap(({ consumers }) => consumers).find(({ id }) => id.toLowerCase() === single('kv-b')),
    ).toMatchObject({ tags: { owner: 'somebody else' } });
  });

  it('observes what it listed with one read of the vaults and one of each version', async () => {
    const { call, requests } = await stage(ESTATE);
    const { keys } = await call('listConsumers');
    requests();
    const { observations } = await call('observeKeys', keys);
    expect(observations).toHaveLength(2);
    for (const { consumers, vault, versions } of observations) {
      expect([vault.kind, consumers.kind, ...Object.values(versions).map(({ kind }) => kind)]).toEqual(
        Array(3).fill('present'),
      );
    }
    const hosts = requests().map((line) => line.split(/[ /]/)[1]);
    expect(hosts.sort()).toEqual(['kv-a.vault.azure.net', 'kv-b.vault.azure.net', 'management.azure.com']);
  });

  it('reads round a firewall no faster than leaves Resource Manager to repairs', async () => {
    const names = Array.from({ length: 120 }, (_, n) => `cmk-${n}`);
    const { call, cloud } = await stage({
      vaults: [{ name: 'kv-a', permissions: 'accessPolicies', keys: names.map((name) => ({ name })) }],
      servers: names.map((key) => ({ name: `on-${key}`, generation: 'flexible', vault: 'kv-a', key })),
    });
    const { keys } = await call('listConsumers');
    cloud.world.keyVault.updateVault('kv-a', {
      networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] },
    });
    const began = cloud.world.clock.now();
    const { observations } = await call('observeKeys', keys);
    expect(observations.flatMap(({ versions }) => Object.values(versions).map(({ kind }) => kind))).toEqual(
      Array(120).fill('present'),
    );
    // The first fifty at once, then five a second.
    expect((cloud.world.clock.now() - began) / 1_000).toBeCloseTo((120 - 50) / 5, 0);
  });

  repeated('looks only at the resource groups it was given', async () => {
    const { call } = await stage(ESTATE, { scopes: [`${SUBSCRIPTION}/resourceGroups/guardian`] });
    expect(await call('listConsumers')).toEqual({ keys: [], unreadable: [], pinsRead: [] });
  });

  it('names what it may not list, with the command that fixes it', async () => {
    const set = await stage(ESTATE);
    losesItsRole(set);
    const { keys, unreadable } = await set.call('listConsumers');
    expect(keys).toEqual([]);
    expect(unreadable.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(
        /Azure refuses 2 more lists.*az role assignment create --role 'CMK Guardian Observe' --assignee-object-id [0-9a-f-]{36}.*AuthorizationFailed/,
      ),
    ]);
  });

  it('says that a key is unknown when it could not list who uses it', async () => {
    const set = await stage(ESTATE);
    losesItsRole(set);
    const { consumers } = await set.call('observeKey', { host: 'kv-a.vault.azure.net', name: 'cmk' });
    expect(consumers).toMatchObject({ kind: 'unknown' });
  });
});

describe('a read that Azure does not answer well', () => {
  const faults: readonly (readonly [string, { kind: '429' | '503' | 'reset' | 'timeout'; retryAfter?: number }])[] = [
    ['429 without Retry-After', { kind: '429' }],
    ['503 with Retry-After', { kind: '503', retryAfter: 20 }],
    ['a connection that breaks', { kind: 'reset' }],
    ['no answer at all', { kind: 'timeout' }],
  ];
  it.each(sampled(faults, 0, 3))('is repeated: %s', async (_, fault) => {
    const { call, cloud } = await stage(ESTATE);
    const routes = ['*flexibleServers', '*/servers/*/keys', '*/vaults', 'GET https://kv-a.vault.azure.net/*'];
    for (const route of routes) cloud.faults.add({ route, rate: 1, times: 1, ...fault });
    const { keys, unreadable } = await call('listConsumers');
    expect([keys.length, unreadable]).toEqual([2, []]);
    const { observations } = await call('observeKeys', keys);
    expect(observations.map(({ vault }) => vault.kind)).toEqual(['present', 'present']);
  });

  const hidden: readonly (readonly [string, readonly string[]])[] = [
    ['*flexibleServers', ['kv-a-single', 'kv-b-single']],
    ['*/servers/kv-a-single/keys', ['kv-a-flexible', 'kv-b-flexible', 'kv-b-single']],
  ];
  it.each(sampled(hidden, 1))('hides nothing else from a sweep when it stays so: %s', async (route, seen) => {
    const { call, cloud } = await stage(ESTATE);
    cloud.faults.add({ route, kind: '429', rate: 1 });
    const { keys, unreadable } = await call('listConsumers');
    expect(keys.flatMap(({ consumers }) => consumers.map(({ name }) => name)).sort()).toEqual(seen);
    expect(unreadable).toMatchObject([{ reason: expect.stringContaining('TooManyRequests'), unavailable: true }]);
  });

  it('hides no other key from a sweep when it stays so', async () => {
    const { call, cloud } = await stage(ESTATE);
    cloud.faults.add({ route: 'GET https://kv-a.vault.azure.net/*', kind: 'reset', rate: 1 });
    const { keys } = await call('listConsumers');
    const { observations, unreadable } = await call('observeKeys', keys);
    expect(observations.map(({ key }) => key.host)).toEqual(['kv-b.vault.azure.net']);
    expect(unreadable).toMatchObject([{ id: 'https://kv-a.vault.azure.net/keys/cmk', unavailable: true }]);
  });

  it.each(sampled(['*flexibleServers', 'GET https://kv-a.vault.azure.net/*'], 1))(
    'is thrown where one key is looked at, for the orchestration to try again, when it stays so: %s',
    async (route) => {
      const { call, cloud } = await stage(ESTATE);
      cloud.faults.add({ route, kind: '429', rate: 1 });
      await expect(call('observeKey', { host: 'kv-a.vault.azure.net', name: 'cmk' })).rejects.toThrow(
        'TooManyRequests',
      );
    },
  );
});
