import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { SUBSCRIPTION, stage } from '../product.ts';

const SERVERS = "resources | where type =~ 'microsoft.dbformysql/flexibleservers' | project id, name";

/** Two resource groups, one of them with more servers than a page of Resource Graph holds. */
const estate = (many: number): WorldPlan => ({
  vaults: [{ name: 'kv-orders', permissions: 'roles', keys: [{ name: 'cmk' }] }],
  servers: Array.from({ length: many }, (_, at) => ({
    name: `server-${at}`,
    generation: 'flexible' as const,
    vault: 'kv-orders',
    key: 'cmk',
    group: at === 0 ? 'other' : 'data',
  })),
});

describe('a query of Resource Graph', () => {
  it('is read to its last page, with one call for each thousand rows', async () => {
    const { call, requests } = await stage(estate(1_001));
    const rows = await call('query', 'the servers', SERVERS);
    expect(rows.kind === 'present' && new Set(rows.value.map(({ id }) => id)).size).toBe(1_001);
    expect(requests()).toHaveLength(2);
  });

  it('shows only what lies in the scopes', async () => {
    const { call } = await stage(estate(3), { scopes: [`${SUBSCRIPTION}/resourceGroups/other`] });
    expect(await call('query', 'the servers', SERVERS)).toMatchObject({
      kind: 'present',
      value: [{ name: 'server-0' }],
    });
  });

  it('waits until its quota begins anew, though no Retry-After says so', async () => {
    const { call, cloud } = await stage(estate(1));
    const began = cloud.world.clock.now();
    for (let n = 0; n < 16; n++) {
      expect(await call('query', 'the servers', SERVERS)).toMatchObject({ kind: 'present' });
    }
    expect(cloud.world.clock.now() - began).toBe(5_000);
  });

  it('is repeated like any other read when the connection breaks', async () => {
    const { call, cloud } = await stage(estate(1));
    cloud.faults.add({ route: 'POST */Microsoft.ResourceGraph/resources', kind: 'reset', rate: 1, times: 2 });
    expect(await call('query', 'the servers', SERVERS)).toMatchObject({ kind: 'present' });
  });

  it('is unknown where it is not understood', async () => {
    const { call } = await stage(estate(1));
    const answer = await call('query', 'the servers', 'resources | where nothing == 1');
    expect(answer).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('the servers: Azure refused it (Azure says: InvalidQuery'),
    });
  });
});
