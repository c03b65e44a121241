import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { repeated } from '../../run/exhaustive.ts';
import { HOUR, type Stage, stage } from '../product.ts';

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

  it('finds that a vault was deleted by two calls of the control plane, and asks its keys no more', async () => {
    const set = await stage(ESTATE);
    const keys = await listed(set);
    await set.call('probeKeys', keys);
    set.requests();
    set.cloud.world.keyVault.deleteVault('kv-b');
    for (const sent of [
      ['kv-a', 'kv-b', 'kv-c', 'management', 'management'],
      ['kv-a', 'kv-c', 'management', 'management'],
    ]) {
      const { observations } = await set.call('probeKeys', keys);
      expect(hosts(set.requests())).toEqual(sent);
      expect(observations.map(({ key }) => key.host.split('.')[0]).sort()).toEqual(NAMES);
      const lost = observations.find(({ key }) => key.host.startsWith('kv-b'));
      expect(lost).toMatchObject({ vault: { kind: 'absent' }, vaultLoss: { value: { kind: 'deleted' } } });
      expect(Object.values(lost?.versions ?? {})).toMatchObject([{ kind: 'unknown' }]);
    }
    set.cloud.world.keyVault.recoverVault('kv-b');
    await set.advance(60_000);
    const { observations } = await set.call('probeKeys', keys);
    expect(observations.flatMap(({ versions }) => Object.values(versions).map(({ kind }) => kind))).toEqual(
      Array(3).fill('present'),
    );
    set.requests();
    await set.call('probeKeys', keys);
    expect(hosts(set.requests())).toEqual(NAMES);
  });

  it('asks once in ten minutes about a vault that is there and does not answer, and no more than two of its keys', async () => {
    const vaults = ESTATE.vaults?.map((vault) => ({ ...vault, keys: [{ name: 'cmk' }, { name: 'two' }] })) ?? [];
    const second = NAMES.map((vault) => ({ name: `${vault}-two`, generation: 'flexible' as const, vault, key: 'two' }));
    const plan = { vaults, servers: [...(ESTATE.servers ?? []), ...second] };
    const set = await stage(plan, { switches: { recoveredVaultSilentSeconds: 3_600 } });
    const keys = await listed(set);
    await set.call('probeKeys', keys);
    set.cloud.world.keyVault.deleteVault('kv-b');
    set.cloud.world.keyVault.recoverVault('kv-b');
    await set.advance(60_000);
    const asked = async () => {
      set.requests();
      const { observations } = await set.call('probeKeys', keys);
      const seen = observations.flatMap(({ versions }) => Object.values(versions).map(({ kind }) => kind));
      expect(seen.filter((kind) => kind === 'present')).toHaveLength(4);
      expect(seen).not.toContain('absent');
      return hosts(set.requests()).filter((host) => host === 'management').length;
    };
    expect([await asked(), await asked(), await asked()]).toEqual([1, 0, 0]);
    await set.advance(HOUR / 5);
    // Where all the vaults are, as every ten minutes, and whether this one is still there.
    expect(await asked()).toBe(2);
  });

  it.each([
    ['as long as it asks to', { kind: '429' as const, retryAfter: 90 }, 90],
    ['for ten seconds where it names no time', { kind: '429' as const }, 10],
    ['for ten seconds after no answer in five', { kind: 'timeout' as const }, 10],
  ])('leaves a vault alone that does not answer well, %s, and reads the others', async (_how, fault, seconds) => {
    const set = await stage(ESTATE);
    const keys = await listed(set);
    const kvB = 'GET https://kv-b.vault.azure.net/*';
    set.cloud.faults.add({ route: kvB, rate: 1, ...fault });
    const probe = async () => {
      set.requests();
      const { observations } = await set.call('probeKeys', keys);
      return { seen: observations.map(({ key }) => key.host.split('.')[0]), asked: hosts(set.requests()) };
    };
    expect((await probe()).seen).toEqual(['kv-a', 'kv-c']);
    set.cloud.faults.clear();
    await set.advance((seconds - 1) * 1_000);
    expect(await probe()).toEqual({ seen: ['kv-a', 'kv-c'], asked: ['kv-a', 'kv-c'] });
    await set.advance(1_000);
    expect(await probe()).toEqual({ seen: NAMES, asked: NAMES });
  });

  it('takes few reads of Resource Manager for keys behind a firewall, and leaves none out for ever', async () => {
    const names = Array.from({ length: 120 }, (_, n) => `cmk-${n}`);
    const set = await stage({
      vaults: [{ name: 'kv-a', permissions: 'accessPolicies', keys: names.map((name) => ({ name })) }],
      servers: names.map((key) => ({ name: `on-${key}`, generation: 'flexible', vault: 'kv-a', key })),
    });
    const keys = await listed(set);
    set.cloud.world.keyVault.updateVault('kv-a', {
      networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] },
    });
    const probe = async () => {
      set.requests();
      const { observations } = await set.call('probeKeys', keys);
      const detours = hosts(set.requests()).filter((host) => host === 'management').length;
      expect(detours).toBeLessThanOrEqual(50 + 1);
      return observations.map(({ key }) => key.name);
    };
    const seen = new Set<string>();
    for (const share of [50, 100, 120]) {
      for (const name of await probe()) seen.add(name);
      expect(seen.size).toBe(share);
      await set.advance(10_000);
    }
  });

  repeated('keeps no vault waiting for another', async () => {
    const set = await stage(ESTATE);
    const keys = await listed(set);
    await set.call('probeKeys', keys);
    for (const kind of ['429', 'timeout'] as const) {
      set.cloud.faults.add({ route: 'GET https://kv-a.vault.azure.net/*', kind, rate: 1, retryAfter: 30 });
      const began = set.cloud.world.clock.now();
      await set.call('probeKeys', keys);
      const read = set.cloud.requests.list().findLast(({ url }) => url.includes('kv-c'));
      expect(Date.parse(read?.at ?? '')).toBe(began);
      await set.advance(HOUR);
      set.cloud.faults.clear();
    }
  });
});
