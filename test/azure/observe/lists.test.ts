import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { productId } from '../../../local/cloud/worlds/product.ts';
import type { Shown } from '../../../src/azure/observe/still-as-shown.ts';
import { shownIn } from '../../../src/loop/schedule/standing.ts';
import { SUBSCRIPTION } from '../product.ts';
import {
  countedSince,
  factsOf,
  MINUTE,
  manyKeys,
  ofTwins,
  seenOf,
  VAULT,
  type Watched,
  watched,
} from './listed-vaults.ts';

const byData = { look: 'dataPlaneList' } as const;
const byManager = { look: 'resourceManagerList' } as const;
const NOTHING_ASKED = { pages: 0, reads: 0, listsOfManager: 0 };

const look = ({ set, keys }: Watched) => set.call('probeKeysByLists', keys);
const vaultOf = ({ set }: Watched) => set.cloud.world.keyVault;

const mayList = ({ set }: Watched, operation: 'add' | 'remove'): void => {
  const { entra, keyVault } = set.cloud.world;
  const objectId = entra.managedIdentity(productId)?.objectId ?? '';
  const permissions = { keys: ['list'] };
  keyVault.changePolicies(VAULT, operation, [{ tenantId: entra.tenantId, objectId, permissions }]);
};

const changeAll = (watch: Watched): void => {
  for (const { key } of watch.keys)
    vaultOf(watch).setAttributes(VAULT, key.name, undefined, { tags: { now: 'changed' } });
};

/** Keys of 4096 bits in an HSM, of which a vault allows 250 reads in ten seconds. */
const costlyKeys = (used: number): WorldPlan => {
  const { vaults = [], ...others } = manyKeys(used);
  const costly = { type: 'RSA-HSM', size: 4096 } as const;
  return {
    ...others,
    vaults: vaults.map((vault) => ({ ...vault, keys: vault.keys.map((key) => ({ ...key, ...costly })) })),
  };
};

const sameAsByReads = async (watch: Watched) => {
  const [lists, reads] = [await look(watch), await watch.set.call('probeByReads', watch.keys)];
  expect(seenOf(lists)).toEqual(seenOf(reads));
  return lists;
};

describe('A look by lists', () => {
  it.each([
    ['the vault', byData, { pages: 3, reads: 0, listsOfManager: 0 }],
    ['Resource Manager', byManager, { pages: 0, reads: 0, listsOfManager: 1 }],
    ['either', { look: 'auto' } as const, { pages: 0, reads: 0, listsOfManager: 1 }],
  ])('by %s takes pages, and reads no key that is as it was', async (_whose, options, asked) => {
    const watch = await watched(manyKeys(30, 25), options);
    const { listed, observations } = await look(watch);
    expect(countedSince(watch)).toEqual(asked);
    expect([listed.length, observations.length]).toEqual([30, 30]);
    await sameAsByReads(watch);
  });

  it('reads each key itself where nobody has allowed lists', async () => {
    const watch = await watched(manyKeys(30), { look: 'single' });
    await look(watch);
    expect(countedSince(watch)).toEqual({ ...NOTHING_ASKED, reads: 30 });
  });

  it.each([
    ['the vault', byData],
    ['Resource Manager', byManager],
  ])('by %s reads what the list shows otherwise, or not at all', async (_whose, options) => {
    const watch = await watched(manyKeys(30), options);
    vaultOf(watch).setAttributes(VAULT, 'cmk-0', undefined, { enabled: false });
    vaultOf(watch).setAttributes(VAULT, 'cmk-1', undefined, { exp: 1_800_000_000 });
    vaultOf(watch).setAttributes(VAULT, 'cmk-2', undefined, { keyOps: ['sign'] });
    vaultOf(watch).setAttributes(VAULT, 'cmk-3', undefined, { tags: { 'cmk-guardian:do-not-heal': 'yes' } });
    vaultOf(watch).rotateKey(VAULT, 'cmk-4');
    vaultOf(watch).deleteKey(VAULT, 'cmk-5');
    await watch.set.advance(MINUTE);
    const { listed } = await sameAsByReads(watch);
    expect(listed).toHaveLength(24);
  });

  it('shows the same of a key as before, without a read, until anything of it or of its vault is changed', async () => {
    const watch = await watched(manyKeys(30), byData);
    const shown = ({ observations }: Awaited<ReturnType<typeof look>>): readonly Shown[] =>
      observations.flatMap((one) => shownIn(one) ?? []);
    const before = shown(await look(watch));
    expect(before).toHaveLength(30);
    const stillNow = async () => {
      await watch.set.advance(MINUTE);
      countedSince(watch);
      const still = await watch.set.call('stillAsShown', before);
      expect(countedSince(watch)).toEqual({ pages: 2, reads: 0, listsOfManager: 0 });
      return still.map(({ key }) => key.name);
    };
    expect(await stillNow()).toHaveLength(30);
    vaultOf(watch).setAttributes(VAULT, 'cmk-0', undefined, { enabled: false });
    vaultOf(watch).rotateKey(VAULT, 'cmk-1');
    vaultOf(watch).deleteKey(VAULT, 'cmk-2');
    expect(await stillNow()).toEqual(before.map(({ key }) => key.name).filter((name) => !/^cmk-[012]$/.test(name)));
    // Once those were read again, lists show what was read: not what the key was diagnosed by.
    await watch.set.advance(5 * MINUTE);
    await look(watch);
    expect(await stillNow()).toEqual(before.map(({ key }) => key.name).filter((name) => !/^cmk-[012]$/.test(name)));
    const elsewhere = before.map((one) => ({ ...one, vault: { ...one.vault, location: 'mars' } }));
    expect(await watch.set.call('stillAsShown', elsewhere)).toEqual([]);
    mayList(watch, 'remove');
    await watch.set.advance(MINUTE);
    expect(await watch.set.call('stillAsShown', before)).toEqual([]);
  });

  it('takes a version for the current one only when no other can be of the same second', async () => {
    const watch = await watched(ofTwins(manyKeys(30), 30), byData);
    const pinned = vaultOf(watch).key(VAULT, 'cmk-0')?.versions[0]?.version;
    vaultOf(watch).setAttributes(VAULT, 'cmk-0', pinned, { enabled: false });
    const { listed } = await sameAsByReads(watch);
    expect(listed).toHaveLength(15);
    expect(countedSince(watch).reads).toBe(15 + 30);
  });

  it('reads a version itself while a second write within the second of its last one would not show', async () => {
    const watch = await watched(manyKeys(30), byData);
    vaultOf(watch).setAttributes(VAULT, 'cmk-0', undefined, { tags: { step: 'one' } });
    expect(factsOf(await look(watch), 'cmk-0')?.tags).toEqual({ step: 'one' });
    vaultOf(watch).setAttributes(VAULT, 'cmk-0', undefined, { keyOps: ['sign'] });
    await watch.set.advance(MINUTE);
    expect(factsOf(await look(watch), 'cmk-0')?.operations).toEqual(['sign']);
    for (const _minute of [1, 2]) {
      await watch.set.advance(MINUTE);
      await look(watch);
    }
    await watch.set.advance(MINUTE);
    expect((await sameAsByReads(watch)).listed).toHaveLength(30);
  });

  it('reads every version itself at least once an hour, and not all in the same minute', async () => {
    const watch = await watched(manyKeys(30), byManager);
    const reads: number[] = [];
    for (let minute = 0; minute < 60; minute += 1) {
      await look(watch);
      reads.push(countedSince(watch).reads);
      await watch.set.advance(MINUTE);
    }
    const sum = reads.reduce((all, one) => all + one, 0);
    expect([sum >= 30, sum <= 60, Math.max(...reads) < 15]).toEqual([true, true, true]);
  });

  it('counts what a sweep has read of a version', async () => {
    const watch = await watched(manyKeys(30), byData);
    const { keys, set } = watch;
    for (let round = 0; round < 12; round += 1) {
      await set.call('observeKeys', keys);
      set.requests();
      await look(watch);
      expect(countedSince(watch)).toEqual({ ...NOTHING_ASKED, pages: 2 });
      await set.advance(10 * MINUTE);
    }
  });

  it('of a sweep shares the lists of the probe of that minute, and reads what is due before the next sweep', async () => {
    const watch = await watched(manyKeys(30), byData);
    const counts: number[] = [];
    for (let minute = 0; minute < 60; minute += 1) {
      await look(watch);
      expect(countedSince(watch)).toEqual({ ...NOTHING_ASKED, pages: 2 });
      await watch.set.advance(30_000);
      if (minute % 5 === 0) {
        const { listed, observations } = await watch.set.call('observeKeysByLists', watch.keys);
        const { pages, reads } = countedSince(watch);
        expect([pages, observations.length, listed.length + reads]).toEqual([0, 30, 30]);
        counts.push(reads);
      }
      await watch.set.advance(30_000);
    }
    const sum = counts.reduce((all, one) => all + one, 0);
    expect([sum >= 30, sum < 45, Math.max(...counts) < 15]).toEqual([true, true, true]);
  });

  it('reads keys themselves where that is cheaper, and tells a vault with many other keys by one try an hour', async () => {
    const few = await watched(manyKeys(1), byData);
    await look(few);
    expect(countedSince(few)).toEqual({ ...NOTHING_ASKED, reads: 1 });
    const many = await watched(manyKeys(3, 200), byData);
    await look(many);
    expect(countedSince(many)).toEqual({ ...NOTHING_ASKED, pages: 3, reads: 3 });
    await many.set.advance(MINUTE);
    await look(many);
    expect(countedSince(many)).toEqual({ ...NOTHING_ASKED, reads: 3 });
  });

  it('keeps a list for ten seconds', async () => {
    const watch = await watched(manyKeys(30), byData);
    await look(watch);
    await watch.set.advance(9_999);
    watch.set.requests();
    await look(watch);
    expect(countedSince(watch).pages).toBe(0);
    await watch.set.advance(1);
    await look(watch);
    expect(countedSince(watch).pages).toBe(2);
  });

  it('reads keys themselves where the list is refused, and asks for it again ten minutes later', async () => {
    const watch = await watched(manyKeys(30), byData);
    mayList(watch, 'remove');
    for (const pages of [1, 0]) {
      const { observations } = await look(watch);
      expect(observations.every(({ versions }) => Object.values(versions)[0]?.kind === 'present')).toBe(true);
      expect(countedSince(watch)).toEqual({ ...NOTHING_ASKED, pages, reads: 30 });
      await watch.set.advance(MINUTE);
    }
    mayList(watch, 'add');
    await watch.set.advance(8 * MINUTE);
    const { listed } = await look(watch);
    expect(countedSince(watch)).toEqual({ ...NOTHING_ASKED, pages: 2, reads: 30 - listed.length });
    expect(listed.length).toBeGreaterThan(20);
  });

  it.each([
    ['where a list is refused', (watch: Watched) => mayList(watch, 'remove'), false, 'probeKeysByLists'],
    ['of a worker that has just begun', () => {}, true, 'probeKeysByLists'],
    ['where every key was changed at once', (watch: Watched) => changeAll(watch), false, 'probeKeysByLists'],
    ['of a sweep where a list is refused', (watch: Watched) => mayList(watch, 'remove'), false, 'observeKeysByLists'],
    ['of a sweep that reads the news of a list', () => {}, false, 'observeKeys'],
  ] as const)(
    '%s reads the most costly keys within the quota of their vault, and each of them',
    async (_when, happen, isNew, by) => {
      const watch = await watched(costlyKeys(60), byData);
      const { call, cloud } = watch.set;
      happen(watch);
      const began = cloud.world.clock.now();
      if (isNew) await call('open', { scopes: [SUBSCRIPTION], ...byData });
      // The share of 2.5 % allows 100 reads of the cheapest keys, or six of these, in ten seconds.
      const { observations } = await call(by, watch.keys, { share: 0.025, until: began + 600_000 });
      expect(observations).toHaveLength(60);
      const reads = cloud.requests.list().filter(({ at, url }) => Date.parse(at) >= began && /\/keys\/[^/]/.test(url));
      const times = reads.map(({ at }) => Date.parse(at));
      const inWindow = times.map((from) => times.filter((at) => at >= from && at < from + 10_000).length);
      expect(Math.max(...inWindow)).toBeLessThanOrEqual(6);
      expect(reads.length).toBeGreaterThanOrEqual(60);
    },
  );

  it('leaves to the next minute what there is no time to read, and takes it first then', async () => {
    const watch = await watched(costlyKeys(30), byData);
    mayList(watch, 'remove');
    const seen = new Set<string>();
    for (const sum of [12, 24, 30]) {
      const pace = { share: 0.05, until: watch.set.cloud.world.clock.now() + 5_000 };
      const { observations } = await watch.set.call('probeKeysByLists', watch.keys, pace);
      for (const { key } of observations) seen.add(key.name);
      expect(seen.size).toBe(sum);
      await watch.set.advance(MINUTE);
    }
  });

  it('of a sweep leaves to the next one what there is no time to read, and says nothing of it', async () => {
    const watch = await watched(costlyKeys(30), byData);
    mayList(watch, 'remove');
    const pace = { share: 0.05, until: watch.set.cloud.world.clock.now() + 5_000 };
    const { observations, unreadable } = await watch.set.call('observeKeysByLists', watch.keys, pace);
    expect([observations.length, unreadable]).toEqual([12, []]);
  });

  it.each([429, 500, 'timeout'] as const)('takes a list that fails (%s) for evidence of nothing', async (kind) => {
    const watch = await watched(manyKeys(30), byData);
    const fault = typeof kind === 'number' ? { kind: `${kind}` as never } : { kind };
    watch.set.cloud.faults.add({ route: `GET https://${VAULT}.vault.azure.net/keys`, rate: 1, ...fault });
    const { listed, observations } = await look(watch);
    expect([listed, observations.length]).toEqual([[], 30]);
    watch.set.cloud.faults.clear();
    await watch.set.advance(MINUTE);
    expect((await look(watch)).listed).toHaveLength(30);
  });

  it('sees a deleted vault as a read would', async () => {
    const watch = await watched(manyKeys(30), byData);
    vaultOf(watch).deleteVault(VAULT);
    const { observations } = await look(watch);
    expect(observations).toHaveLength(30);
    expect(observations.every(({ vaultLoss }) => vaultLoss?.kind === 'present')).toBe(true);
  });

  it('passes a firewall by the list of Resource Manager', async () => {
    const watch = await watched(manyKeys(30), byManager);
    vaultOf(watch).updateVault(VAULT, {
      networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] },
    });
    const { listed } = await look(watch);
    expect(listed).toHaveLength(30);
    expect(countedSince(watch)).toEqual({ pages: 0, reads: 0, listsOfManager: 1 });
  });

  it.each([
    ['the list of the vault, where either is allowed', { look: 'auto' } as const, { pages: 2, reads: 0 }],
    ['reads, where no other list is', byManager, { pages: 0, reads: 30 }],
  ])('goes on after a list of Resource Manager that fails with %s', async (_how, options, asked) => {
    const watch = await watched(manyKeys(30), options);
    watch.set.cloud.faults.add({
      route: 'GET https://management.azure.com/subscriptions/*',
      rate: 1,
      kind: '429',
      retryAfter: 30,
    });
    await look(watch);
    expect(countedSince(watch)).toEqual({ ...asked, listsOfManager: 1 });
  });

  it.each([
    ['nothing', 30],
    ['keyVault', 0],
  ] as const)(
    'by Resource Manager costs the vault %s: where that is spent, keys are read',
    async (controlPlaneKeyListCosts, seen) => {
      const watch = await watched(manyKeys(30), { ...byManager, switches: { controlPlaneKeyListCosts } });
      watch.set.cloud.world.switches.vaultQuotaScale = 0;
      const { listed } = await look(watch);
      expect(listed).toHaveLength(seen);
    },
  );

  it('foresees what it will read, without a call', async () => {
    const watch = await watched(manyKeys(30), byData);
    const names = watch.keys.map(({ key }) => key);
    expect(await watch.set.call('foreseeLists', names, 'probe')).toMatchObject({ calls: 2, listed: names });
    await watch.set.advance(30 * MINUTE);
    const [ofProbe, ofSweep] = [
      await watch.set.call('foreseeLists', names, 'probe'),
      await watch.set.call('foreseeLists', names, 'sweep'),
    ];
    expect(ofSweep?.listed.length).toBeLessThan(ofProbe?.listed.length ?? 0);
    expect(countedSince(watch)).toEqual(NOTHING_ASKED);
    const single = await watched(manyKeys(30), { look: 'single' });
    expect(await single.set.call('foreseeLists', names, 'probe')).toBeUndefined();
  });
});
