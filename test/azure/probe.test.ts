import { describe, expect, it } from '@jest/globals';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { HOUR, type Stage, stage } from './product.ts';

const NAMES = ['kv-a', 'kv-b', 'kv-c'];
const ESTATE: WorldPlan = {
  vaults: NAMES.map((name) => ({ name, permissions: 'accessPolicies', keys: [{ name: 'cmk' }] })),
  servers: NAMES.map((vault) => ({ name: `${vault}-orders`, generation: 'flexible', vault, key: 'cmk' })),
};

const listed = async ({ call, requests }: Stage) => {
  const { keys } = await call('listConsumers');
  requests();
  return keys;
};

const hosts = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.split(/[ /]/)[1]?.split('.')[0] ?? '').sort();

describe('a probe', () => {
  it('takes one call for each pinned version, and asks where the vaults are every ten minutes', async () => {
    const set = await stage(ESTATE);
    const keys = await listed(set);
    await set.call('probeKeys', keys);
    expect(hosts(set.requests())).toEqual([...NAMES, 'management']);
    const { observations } = await set.call('probeKeys', keys);
    expect(hosts(set.requests())).toEqual(NAMES);
    expect(observations.flatMap(({ versions }) => Object.values(versions).map(({ kind }) => kind))).toEqual(
      Array(3).fill('present'),
    );
    await set.advance(HOUR);
    await set.call('probeKeys', keys);
    expect(hosts(set.requests())).toEqual([...NAMES, 'management']);
  });

  it('takes one call more for a deleted key', async () => {
    const set = await stage(ESTATE);
    const keys = await listed(set);
    await set.call('probeKeys', keys);
    set.cloud.world.keyVault.deleteKey('kv-b', 'cmk');
    await set.advance(60_000);
    set.requests();
    const { observations } = await set.call('probeKeys', keys);
    expect(hosts(set.requests())).toEqual(['kv-a', 'kv-b', 'kv-b', 'kv-c']);
    expect(observations.find(({ key }) => key.host.startsWith('kv-b'))?.loss).toMatchObject({
      value: { kind: 'deleted' },
    });
  });

  it('leaves out what a vault keeps from it, says until when to back off, and reads the others', async () => {
    const set = await stage(ESTATE);
    const keys = await listed(set);
    set.cloud.faults.add({ route: 'GET https://kv-b.vault.azure.net/*', kind: '429', rate: 1, retryAfter: 90 });
    const { observations, backOffUntil } = await set.call('probeKeys', keys);
    expect(observations.map(({ key }) => key.host.split('.')[0])).toEqual(['kv-a', 'kv-c']);
    expect(backOffUntil).toBe(new Date(set.cloud.world.clock.now() + 90_000).toISOString());
  });
});
