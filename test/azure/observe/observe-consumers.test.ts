import { describe, expect, it } from 'vitest';
import { buildWorld, serverId } from '../../../local/cloud/worlds/build-world.ts';
import { DISK_KEY, DISKS, machineId, SET } from '../disks.ts';
import { FLEXIBLE, KEY, ORDERS, SINGLE } from '../orders.ts';
import { HOUR, sim, stage } from '../product.ts';

const graphQueries = (lines: readonly string[]) => lines.filter((line) => line.includes('ResourceGraph'));
const identityReads = (lines: readonly string[]) => lines.filter((line) => /userAssignedIdentities/i.test(line));

describe('the machines of a disk encryption set', () => {
  it('are asked for only where somebody wants to know, with two queries', async () => {
    const { call, requests } = await stage(DISKS);
    const plain = await call('observeKey', DISK_KEY, { consumerIds: [SET] });
    expect(plain.consumers).toMatchObject({ value: [{ id: SET }] });
    expect(plain.consumers.kind === 'present' && plain.consumers.value[0]?.machines).toBeFalsy();
    expect(graphQueries(requests())).toEqual([]);
    const { consumers } = await call('observeKey', DISK_KEY, { consumerIds: [SET], machines: 'asked' });
    const machine = (n: 1 | 2) => ({ id: machineId(n).toLowerCase(), name: `disks-vm-${n}`, power: 'running' });
    expect(consumers).toMatchObject({ value: [{ machines: { kind: 'present', value: [machine(1), machine(2)] } }] });
    expect(graphQueries(requests())).toHaveLength(2);
  });

  it('show which of them do not run', async () => {
    const { call, cloud } = await stage(DISKS);
    const { compute } = cloud.world;
    const [first, second] = [compute.machines.get(machineId(1)), compute.machines.get(machineId(2))];
    if (!first || !second) throw new Error('there are no machines');
    compute.shutDown(first, { code: 'KeyVaultAccessForbidden', message: '' });
    compute.stop(second, 'deallocated');
    const { consumers } = await call('observeKey', DISK_KEY, { machines: 'asked' });
    expect(consumers).toMatchObject({
      value: [{ machines: { value: [{ power: 'stopped' }, { power: 'deallocated' }] } }],
    });
  });

  it('of several sets are read together', async () => {
    const sets = ['a', 'b', 'c'].map((name) => ({ name, vault: 'kv-disks', key: `cmk-${name}`, machines: 1 }));
    const { call, requests } = await stage({
      vaults: [
        { name: 'kv-disks', permissions: 'roles', keys: ['a', 'b', 'c'].map((name) => ({ name: `cmk-${name}` })) },
      ],
      sets,
    });
    const { keys } = await call('listConsumers');
    requests();
    const asked = keys.map((one) => ({ ...one, machines: 'asked' as const }));
    const { observations } = await call('observeKeys', asked);
    const names = observations.flatMap(({ consumers }) =>
      consumers.kind === 'present' ? consumers.value.map(({ machines }) => machines) : [],
    );
    expect(names).toMatchObject(sets.map(({ name }) => ({ value: [{ name: `${name}-vm-1`, power: 'running' }] })));
    expect(graphQueries(requests())).toHaveLength(2);
  });

  it('are unknown where Resource Graph does not answer, which keeps nothing else from being seen', async () => {
    const { call, cloud } = await stage(DISKS);
    cloud.faults.add({ route: 'POST *ResourceGraph*', kind: '429', rate: 1, retryAfter: 60 });
    const { consumers, vault } = await call('observeKey', DISK_KEY, { machines: 'asked' });
    expect(vault.kind).toBe('present');
    expect(consumers).toMatchObject({ value: [{ id: SET, machines: { kind: 'unknown' } }] });
  });
});

describe('the user-assigned identity of a server', () => {
  it('is read only where the server is inaccessible', async () => {
    const set = await stage(ORDERS);
    await set.call('observeKey', KEY, { consumerIds: [FLEXIBLE] });
    expect(identityReads(set.requests())).toEqual([]);
    await sim(set.cloud, 'break/disable-key', { vault: 'kv-orders', key: 'cmk', version: 1 });
    await set.advance(HOUR);
    const { consumers } = await set.call('observeKey', KEY, { consumerIds: [FLEXIBLE] });
    expect(consumers).toMatchObject({
      value: [{ state: { value: { state: 'inaccessible' } }, principalId: { kind: 'present' } }],
    });
    expect(identityReads(set.requests())).toHaveLength(1);
  });

  it.each(['deleted', 'made anew under the same name'])('that was %s has no principal any more', async (what) => {
    const set = await stage(ORDERS);
    await sim(set.cloud, 'break/remove-identity', { server: 'web' });
    await set.advance(HOUR);
    if (what !== 'deleted')
      set.cloud.world.managedIdentities.create({
        subscription: FLEXIBLE.split('/')[2] ?? '',
        group: 'data',
        name: 'web-identity',
      });
    const { consumers } = await set.call('observeKey', KEY, { consumerIds: [FLEXIBLE] });
    expect(consumers).toMatchObject({
      value: [
        {
          principalId: { kind: 'absent' },
          identity: { kind: 'user', id: expect.stringMatching(/\/userassignedidentities\/web-identity$/) },
        },
      ],
    });
  });
});

describe('a single server that is gone', () => {
  it('is said to be migrated where a flexible server of its name has no key of the customer', async () => {
    const set = await stage(ORDERS);
    await sim(set.cloud, 'break/migrate-server', { server: 'orders' });
    const { consumers, migrated } = await set.call('observeKey', KEY, { consumerIds: [SINGLE, FLEXIBLE] });
    expect(consumers).toMatchObject({ value: [{ id: FLEXIBLE }] });
    expect(migrated).toEqual([serverId('flexible', 'orders').toLowerCase()]);
  });

  it('and did not come back was deleted: one call more finds out', async () => {
    const set = await stage(ORDERS);
    set.cloud.world.mysql.servers.remove(SINGLE);
    const seen = await set.call('observeKey', KEY, { consumerIds: [SINGLE, FLEXIBLE] });
    expect(seen).not.toHaveProperty('migrated');
    const lookedFor = `GET management.azure.com${serverId('flexible', 'orders')} 404`.toLowerCase();
    expect(set.requests().filter((line) => line.toLowerCase() === lookedFor)).toHaveLength(1);
  });
});

describe('a key that nobody is known to use', () => {
  const unused = (n: number) => ({ ...KEY, name: `unused-${n}` });
  const LATELY = { listed: 'lately' } as const;
  const pinReads = (lines: readonly string[]) => lines.filter((line) => line.includes(`${SINGLE}/keys `));

  it('costs no read of each single server again where another one was just looked at: whole lists serve for a minute', async () => {
    const { advance, call, requests } = await stage(ORDERS);
    for (const n of [1, 2, 3])
      expect((await call('observeKey', unused(n), LATELY)).consumers).toEqual({ kind: 'present', value: [] });
    expect(pinReads(requests())).toHaveLength(1);
    await advance(60_000);
    await call('observeKey', unused(4), LATELY);
    expect(pinReads(requests())).toHaveLength(1);
  });

  it('is looked for in new lists where somebody may have begun to use it since then', async () => {
    const { call, cloud } = await stage(ORDERS);
    await call('observeKey', unused(1), LATELY);
    cloud.world.keyVault.createKey('kv-orders', 'unused-2', {});
    buildWorld(cloud.world, {
      servers: [{ name: 'later', generation: 'flexible', vault: 'kv-orders', key: 'unused-2', version: 1 }],
    });
    expect((await call('observeKey', unused(2))).consumers).toMatchObject({ value: [{ name: 'later' }] });
  });

  it('is looked for again at once where the lists before were not whole', async () => {
    const { call, cloud, requests } = await stage(ORDERS);
    cloud.faults.add({ route: `GET *${SINGLE}/keys*`, kind: '403', rate: 1, times: 1 });
    expect((await call('observeKey', unused(1), LATELY)).consumers.kind).toBe('unknown');
    expect((await call('observeKey', unused(2), LATELY)).consumers).toEqual({ kind: 'present', value: [] });
    expect(pinReads(requests())).toHaveLength(2);
  });
});
