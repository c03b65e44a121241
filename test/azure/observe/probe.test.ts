import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { shownIn } from '../../../src/loop/schedule/standing.ts';
import { isThisWay, lookedBy, WAYS, type Way, withNeighbours } from '../../builders/ways.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';
import { HOUR, type Stage, type StageOptions, stage } from '../product.ts';

const MINUTE = HOUR / 60;
const NAMES = ['kv-a', 'kv-b', 'kv-c'];
const ESTATE: WorldPlan = {
  vaults: NAMES.map((name) => ({ name, permissions: 'accessPolicies', keys: [{ name: 'cmk' }] })),
  servers: NAMES.map((vault) => ({ name: `${vault}-orders`, generation: 'flexible', vault, key: 'cmk' })),
};
const KEYS_OF_VAULT = 3;

const listed = async ({ call, requests }: Stage) => {
  const { keys } = await call('listConsumers');
  requests();
  return keys;
};

const hosts = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.split(/[ /]/)[1]?.split('.')[0] ?? '').sort();

const urlsOf = (lines: readonly string[]): readonly string[] => lines.map((line) => `https://${line.split(' ')[1]}`);

/** A process that has read the keys of three vaults, and now looks in this way at unchanged keys. */
const looking = async (way: Way, options: StageOptions = {}) => {
  const keyCheckSeconds = 86_400;
  const set = await stage(withNeighbours(ESTATE), {
    ...options,
    look: way,
    switches: { keyCheckSeconds, ...options.switches },
  });
  await set.advance(HOUR);
  const keys = await listed(set);
  const probe = async () => {
    set.requests();
    const { observations } = await set.call('probeKeysByLists', keys);
    const lines = set.requests();
    return { observations, lines, asked: hosts(lines) };
  };
  await probe();
  await set.advance(MINUTE);
  const { lines } = await probe();
  expect(isThisWay(way, lookedBy(urlsOf(lines)))).toBe(true);
  await set.advance(MINUTE);
  return { set, probe };
};

type Looking = Awaited<ReturnType<typeof looking>>;
type Observed = Awaited<ReturnType<Looking['probe']>>['observations'];

const facts = (observations: Observed): readonly string[] =>
  observations.flatMap(({ versions }) => Object.values(versions).map(({ kind }) => kind));

const ofVault = (observations: Observed, vault: string) =>
  observations.filter(({ key }) => key.host.startsWith(`${vault}.`));

const ALL_WELL = Array(NAMES.length * KEYS_OF_VAULT).fill('present');

/** Calls to a vault that is well, and to Resource Manager for it. */
const COST: Readonly<Record<Way, { readonly vault: number; readonly manager: number }>> = {
  single: { vault: KEYS_OF_VAULT, manager: 0 },
  dataPlaneList: { vault: 1, manager: 0 },
  resourceManagerList: { vault: 0, manager: 1 },
  auto: { vault: 0, manager: 1 },
};

const times = (count: number, host: string): readonly string[] => Array(count).fill(host);

/** The hosts of requests about these vaults, which are healthy, and about these others. */
const askedOf = (way: Way, vaults: readonly string[], besides: readonly string[] = []): readonly string[] => {
  const { manager, vault } = COST[way];
  return [...vaults.flatMap((name) => [...times(vault, name), ...times(manager, 'management')]), ...besides].sort();
};

/**
 * Requests for the places of vaults. A list of keys is none: by then some keys are due to be read, and a vault may need no list.
 */
const placesAskedIn = (lines: readonly string[]): readonly string[] =>
  urlsOf(lines).filter((url) => url.startsWith('https://management.') && !/\/keys(?:\?|$)/.test(url));

/** Requests that fail where this way looks at kv-b. */
const routesTo = (way: Way): readonly string[] => {
  const own = 'GET https://kv-b.vault.azure.net/*';
  return way === 'resourceManagerList' || way === 'auto'
    ? ['GET https://management.azure.com/*/kv-b/keys', own]
    : [own];
};

describe.each(
  sampled(
    WAYS.map((way) => [way] as const),
    0,
    1,
    2,
  ),
)('a probe that looks by %s', (way) => {
  it('asks about each vault what that takes, and where the vaults are every ten minutes', async () => {
    const { set, probe } = await looking(way);
    const { asked, observations } = await probe();
    expect(asked).toEqual(askedOf(way, NAMES));
    expect(facts(observations)).toEqual(ALL_WELL);
    await set.advance(10 * MINUTE);
    const { lines } = await probe();
    expect(placesAskedIn(lines)).toHaveLength(1);
  });

  it('takes no more than a read and a call more for a deleted key', async () => {
    const { set, probe } = await looking(way);
    set.cloud.world.keyVault.deleteKey('kv-b', 'cmk');
    await set.advance(MINUTE);
    const { asked, observations } = await probe();
    expect(asked).toEqual(askedOf(way, NAMES, times(way === 'single' ? 1 : 2, 'kv-b')));
    expect(observations.flatMap(({ key, loss }) => (loss ? [[key.name, loss]] : []))).toMatchObject([
      ['cmk', { value: { kind: 'deleted' } }],
    ]);
  });

  it('finds that a vault was deleted by two calls of the control plane, asks its keys no more, and finds it back', async () => {
    const { set, probe } = await looking(way);
    set.cloud.world.keyVault.deleteVault('kv-b');
    for (const isKnown of [false, true]) {
      const { asked, observations } = await probe();
      const located = times(!isKnown && COST[way].manager > 0 ? 3 : 2, 'management');
      const tried = asked.filter((host) => host === 'kv-b');
      expect(tried.length).toBeLessThanOrEqual(isKnown ? 0 : KEYS_OF_VAULT + 1);
      expect(asked).toEqual(askedOf(way, ['kv-a', 'kv-c'], [...tried, ...located]));
      const lost = ofVault(observations, 'kv-b');
      expect(lost).toEqual(times(KEYS_OF_VAULT, '').map(() => expect.objectContaining({ vault: { kind: 'absent' } })));
      for (const one of lost) expect(one).toMatchObject({ vaultLoss: { value: { kind: 'deleted' } } });
      expect(facts(lost)).toEqual(times(KEYS_OF_VAULT, 'unknown'));
      await set.advance(MINUTE);
    }
    set.cloud.world.keyVault.recoverVault('kv-b');
    expect(facts(ofVault((await probe()).observations, 'kv-b'))).toEqual(times(KEYS_OF_VAULT, 'unknown'));
    await set.advance(MINUTE);
    expect(facts((await probe()).observations)).toEqual(ALL_WELL);
  });

  it('asks once in ten minutes about a vault that is there and does not answer', async () => {
    const { set, probe } = await looking(way, { switches: { recoveredVaultSilentSeconds: 3_600 } });
    set.cloud.world.keyVault.deleteVault('kv-b');
    set.cloud.world.keyVault.recoverVault('kv-b');
    await set.advance(MINUTE);
    const located = async (): Promise<number> => {
      const { lines, observations } = await probe();
      const seen = facts(observations);
      expect(seen).not.toContain('absent');
      expect(seen.filter((kind) => kind === 'present').length).toBeGreaterThanOrEqual(2 * KEYS_OF_VAULT);
      return lookedBy(urlsOf(lines)).otherOfManager;
    };
    const first = await located();
    expect([first <= 2, await located(), await located()]).toEqual([true, 0, 0]);
  });

  it.each([
    ['as long as it asks to', { kind: '429' as const, retryAfter: 90 }, 90],
    ['for ten seconds where it names no time', { kind: '429' as const }, 10],
    ['for ten seconds after no answer in five', { kind: 'timeout' as const }, 10],
  ])('leaves a vault alone that does not answer well, %s, and looks at the others', async (_how, fault, seconds) => {
    const { set, probe } = await looking(way);
    for (const route of routesTo(way)) set.cloud.faults.add({ route, rate: 1, ...fault });
    const seen = async () => {
      const { observations, ...more } = await probe();
      return { ...more, vaults: [...new Set(observations.map(({ key }) => key.host.split('.')[0]))] };
    };
    expect((await seen()).vaults).toEqual(['kv-a', 'kv-c']);
    set.cloud.faults.clear();
    await set.advance((seconds - 1) * 1_000);
    const { asked, vaults } = await seen();
    expect([vaults, asked.includes('kv-b')]).toEqual([['kv-a', 'kv-c'], false]);
    // By lists it has waited for the list, and then for a read.
    await set.advance(way === 'single' ? 1_000 : 10_000);
    expect((await seen()).vaults).toEqual(NAMES);
  });
});

/** Reads alone spare no key: such a probe looks at each of them every time. */
describe.each(WAYS.filter((way) => way !== 'single'))('a probe that looks by %s and spares keys', (way) => {
  it('spares none of a vault that asked to be left alone, and asks no list of it, until that time is over', async () => {
    const { set, probe } = await looking(way);
    const shown = (await probe()).observations.flatMap((one) => shownIn(one) ?? []);
    expect(shown).toHaveLength(NAMES.length * KEYS_OF_VAULT);
    const spared = async () => {
      set.requests();
      const still = await set.call('stillAsShown', shown);
      const lines = set.requests();
      const asked = NAMES.filter((name) => lines.some((line) => line.includes(name)));
      return { asked, spared: NAMES.map((name) => still.filter(({ key }) => key.host.startsWith(`${name}.`)).length) };
    };
    set.cloud.world.keyVault.setAttributes('kv-b', 'cmk', undefined, { tags: { now: 'changed' } });
    await set.advance(MINUTE);
    // Lists go on to be answered: what the vault refuses is the read of the key that they show otherwise.
    set.cloud.faults.add({ route: 'GET https://kv-b.vault.azure.net/keys/*', kind: '429', rate: 1, retryAfter: 90 });
    await probe();
    set.cloud.faults.clear();
    await set.advance(MINUTE);
    expect(await spared()).toEqual({ asked: ['kv-a', 'kv-c'], spared: [KEYS_OF_VAULT, 0, KEYS_OF_VAULT] });
    await set.advance(30_000);
    expect(await spared()).toEqual({ asked: NAMES, spared: [KEYS_OF_VAULT, KEYS_OF_VAULT - 1, KEYS_OF_VAULT] });
  });
});

describe('a probe', () => {
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
