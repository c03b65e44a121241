import { describe, expect, it } from 'vitest';
import {
  addUses,
  type Listing,
  rememberConsumers,
  rememberListed,
} from '../../../src/loop/memory/remember-consumers.ts';
import { present } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import type { KeyState } from '../../../src/store/key-state.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { ownPrefix, useAzurite } from '../../builders/azurite.ts';
import { countedTables } from '../../builders/counted-tables.ts';
import { aSingleServer, V2 } from '../../builders/observation.ts';
import { runStorage } from '../../run/ground.ts';

const [orders, billing, later] = ['orders', 'billing', 'later'].map((name) => aSingleServer(name));
if (!orders || !billing || !later) throw new Error('three servers are needed');
const KEY = keyId(orders.pinned.key);

const nothing = { hidden: [], ids: new Set<string>(), pinsRead: new Set<string>() };

const namesIn = async ({ keyRows }: Store): Promise<readonly string[] | undefined> =>
  (await keyRows.read(KEY)).consumers?.consumers.map(({ name }) => name).toSorted();

/** The states of the kept consumers, by name. */
const statesIn = async ({ keyRows }: Store): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    ((await keyRows.read(KEY)).consumers?.consumers ?? []).map(({ name, state }) => [name, state.kind]),
  );

/** The key as it was read, with a consumer that is missing since then, for long unless the test says otherwise. */
const missedSince = (state: KeyState, { id }: typeof orders, at = '2000-01-01T00:00:00.000Z'): KeyState => ({
  ...state,
  consumers: { at: '', consumers: [], ...state.consumers, missed: { [`consumer ${id.toLowerCase()}`]: at } },
});

describe('who uses a key', () => {
  const { newStore } = useAzurite();

  it('is kept with the tags that are read, of the mark and of the owner, and with no other', async () => {
    const store = newStore();
    const tags = { 'CMK-Guardian:do-not-heal': '', Owner: 'Team A', noise: 'x' };
    const settings = { policy: { doNotHealTag: 'cmk-guardian:do-not-heal' }, ownerTag: 'owner' };
    await rememberConsumers({ store, settings }, await store.keyRows.read(KEY), {
      consumers: present([{ ...orders, tags }]),
    });
    const [kept] = (await store.keyRows.read(KEY)).consumers?.consumers ?? [];
    expect(kept?.tags).toEqual({ 'CMK-Guardian:do-not-heal': '', Owner: 'Team A' });
  });

  const storeKnowing = async (...known: readonly (typeof orders)[]): Promise<Store> => {
    const store = newStore();
    await rememberConsumers({ store }, await store.keyRows.read(KEY), { consumers: present(known) });
    return store;
  };

  it('is what was last seen', async () => {
    const store = await storeKnowing(orders, billing);
    await rememberConsumers({ store }, await store.keyRows.read(KEY), { consumers: present([billing, later]) });
    expect(await namesIn(store)).toEqual(['billing', 'later']);
  });

  it('is kept without whether another of its keys works: that is asked anew by every look that needs it', async () => {
    const several = { ...orders, use: 'anyOf', otherKeys: ['https://other.vault.azure.net/keys/cmk'] } as const;
    const store = await storeKnowing({ ...several, otherKeyWorks: present(true) });
    const state = await store.keyRows.read(KEY);
    expect(state.consumers?.consumers).toEqual([several]);
    await rememberConsumers({ store }, state, { consumers: present([{ ...several, otherKeyWorks: present(false) }]) });
    expect((await store.keyRows.read(KEY)).consumers?.at).toBe(state.consumers?.at);
  });

  it('includes one that was named while somebody looked without it', async () => {
    const store = await storeKnowing(orders, billing);
    const readBefore = await store.keyRows.read(KEY);
    await addUses({ store }, [later]);
    await rememberConsumers({ store }, readBefore, { consumers: present([billing]) });
    expect(await namesIn(store)).toEqual(['billing', 'later']);
  });

  it('loses at once whoever is in a place that is given up, complete or not, and nobody else', async () => {
    for (const isComplete of [true, false]) {
      const store = await storeKnowing(orders, billing, later);
      const listing = { ...nothing, isComplete, listedAt: new Date().toISOString() };
      const isGivenUp = (id: string) => id === billing.id;
      await rememberListed({ store }, await store.keyRows.read(KEY), [orders], { ...listing, isGivenUp });
      expect(await namesIn(store)).toEqual(['later', 'orders']);
    }
  });

  it('includes one that was named after the listing began, or that the listing could not tell of', async () => {
    const store = await storeKnowing(orders);
    const [before, after] = ['2000-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z'];
    await addUses({ store }, [later]);
    const state = await store.keyRows.read(KEY);
    await rememberListed({ store }, state, [orders], { ...nothing, isComplete: true, listedAt: before });
    await rememberListed({ store }, state, [orders], { ...nothing, isComplete: false, listedAt: after });
    expect(await namesIn(store)).toEqual(['later', 'orders']);
    await rememberListed({ store }, missedSince(state, later), [orders], {
      ...nothing,
      isComplete: true,
      listedAt: after,
    });
    expect(await namesIn(store)).toEqual(['orders']);
  });

  it('is nobody any more where a listing that is complete has none, and had none ten minutes ago', async () => {
    const store = await storeKnowing(orders, billing);
    const state = await store.keyRows.read(KEY);
    const listedAt = '2100-01-01T00:00:00.000Z';
    await rememberListed({ store }, state, [], { ...nothing, isComplete: false, listedAt });
    expect(await namesIn(store)).toEqual(['billing', 'orders']);
    const complete = { ...nothing, isComplete: true, listedAt };
    await rememberListed({ store }, state, [], complete);
    expect(await statesIn(store)).toEqual({ billing: 'absent', orders: 'absent' });
    await rememberListed({ store }, missedSince(state, orders, '2099-12-31T23:50:01.000Z'), [], complete);
    expect(await statesIn(store)).toEqual({ billing: 'absent', orders: 'absent' });
    await rememberListed({ store }, missedSince(state, orders, '2099-12-31T23:50:00.000Z'), [], complete);
    expect(await statesIn(store)).toEqual({ billing: 'absent' });
  });

  it('is nobody that was listed with another key, or was moved', async () => {
    const store = await storeKnowing(orders, billing, later);
    const state = await store.keyRows.read(KEY);
    const ids = new Set([billing.id.toLowerCase()]);
    const moved = { ...later, id: later.id.replace('/resourceGroups/data/', '/resourceGroups/archive/') };
    const listedAt = '2100-01-01T00:00:00.000Z';
    await rememberListed({ store }, state, [orders, moved], { ...nothing, ids, isComplete: true, listedAt });
    expect(await statesIn(store)).toEqual({ orders: 'present', later: 'present' });
    expect(await namesIn(store)).toHaveLength(2);
  });

  it('includes one that was named again while the listing lacked it', async () => {
    const store = await storeKnowing(orders, later);
    const readBefore = await store.keyRows.read(KEY);
    const listedAt = new Date().toISOString();
    await new Promise((resolve) => setImmediate(resolve));
    await addUses({ store }, [{ ...later, tags: { named: 'again' } }]);
    await rememberListed({ store }, readBefore, [orders], { ...nothing, isComplete: true, listedAt });
    expect(await namesIn(store)).toEqual(['later', 'orders']);
  });

  it('keeps who is hidden from us, as somebody of whose state nothing is known any more', async () => {
    const statesAfter = async (hidden: Listing['hidden']) => {
      const store = await storeKnowing(orders, billing);
      const state = await store.keyRows.read(KEY);
      await rememberListed({ store }, state, [orders], {
        ...nothing,
        hidden,
        isComplete: false,
        listedAt: '2100-01-01',
      });
      const { consumers } = await store.keyRows.read(KEY);
      return Object.fromEntries((consumers?.consumers ?? []).map(({ name, state: seen }) => [name, seen.kind]));
    };
    const by = (id: string, more = {}) => [{ kind: 'unknown', id, reason: 'AuthorizationFailed', ...more }] as const;
    const [, , subscription] = billing.id.split('/');
    expect(await statesAfter(by(`/subscriptions/${subscription}`))).toEqual({ orders: 'present', billing: 'unknown' });
    expect(await statesAfter(by(billing.id))).toEqual({ orders: 'present', billing: 'unknown' });
    expect(await statesAfter(by('/subscriptions/another'))).toEqual({ orders: 'present', billing: 'present' });
    const later = by(`/subscriptions/${subscription}`, { unavailable: true });
    expect(await statesAfter(later)).toEqual({ orders: 'present', billing: 'present' });
  });

  it('is kept with when it was read what they pin, for as long as they are there', async () => {
    const store = await storeKnowing(orders, billing);
    const state = await store.keyRows.read(KEY);
    const pinsIn = async () => (await store.keyRows.read(KEY)).consumers?.pinsReadAt;
    const at = '2100-01-01T00:00:00.000Z';
    const id = (one: typeof orders) => one.id.toLowerCase();
    const pinsRead = new Set([id(orders), id(billing)]);
    await rememberListed({ store }, state, [orders, billing], { ...nothing, isComplete: true, listedAt: at, pinsRead });
    expect(await pinsIn()).toEqual({ [id(orders)]: at, [id(billing)]: at });
    await rememberListed({ store }, missedSince(state, billing), [orders], {
      ...nothing,
      isComplete: true,
      listedAt: '2101-01-01T00:00:00Z',
    });
    expect(await pinsIn()).toEqual({ [id(orders)]: at });
  });

  it('is written once in an hour where nothing but when it was read what they pin has changed, and a time that is to come is none', async () => {
    const store = await storeKnowing(orders);
    const id = orders.id.toLowerCase();
    const keptAfter = async (listedAt: string): Promise<string | undefined> => {
      const listing = { ...nothing, isComplete: true, listedAt, pinsRead: new Set([id]) };
      await rememberListed({ store }, await store.keyRows.read(KEY), [orders], listing);
      return (await store.keyRows.read(KEY)).consumers?.pinsReadAt?.[id];
    };
    const at = (time: string): string => `2100-01-01T${time}.000Z`;
    expect(await keptAfter(at('00:00:00'))).toBe(at('00:00:00'));
    expect(await keptAfter(at('00:59:59'))).toBe(at('00:00:00'));
    expect(await keptAfter(at('01:00:00'))).toBe(at('01:00:00'));
    expect(await keptAfter(at('00:30:00'))).toBe(at('00:30:00'));
  });

  it('costs a sweep no call where it is as it was', async () => {
    const tables = await countedTables(runStorage());
    try {
      const storage = { kind: 'connectionString', connectionString: tables.connectionString } as const;
      const store = openStore({ storage, tablePrefix: ownPrefix() });
      const listing = { ...nothing, isComplete: true, pinsRead: new Set([orders.id.toLowerCase()]) };
      const listedAt = (minute: number): string => new Date(Date.UTC(2100, 0, 1, 0, minute)).toISOString();
      await rememberListed({ store }, await store.keyRows.read(KEY), [orders], { ...listing, listedAt: listedAt(0) });
      const state = await store.keyRows.read(KEY);
      tables.count();
      for (const minute of [5, 10, 15])
        await rememberListed({ store }, state, [orders], { ...listing, listedAt: listedAt(minute) });
      expect(tables.count()).toBe(0);
    } finally {
      tables.close();
    }
  });

  it('includes everyone who is named at the same time, once', async () => {
    const store = await storeKnowing(orders);
    const named = [billing, later, { ...later, id: later.id.toUpperCase() }];
    await Promise.all(named.map((one) => addUses({ store }, [one])));
    expect(await namesIn(store)).toEqual(['billing', 'later', 'orders']);
  });

  it('includes one with several versions once for each, and under each of its keys', async () => {
    const store = await storeKnowing(orders);
    const [active, previous] = [aSingleServer('disks'), aSingleServer('disks', { version: V2, use: 'previous' })];
    const other = { ...active, pinned: { ...active.pinned, key: { ...active.pinned.key, name: 'geo' } } };
    await rememberConsumers({ store }, await store.keyRows.read(keyId(other.pinned.key)), {
      consumers: present([billing]),
    });
    await addUses({ store }, [active, previous, { ...other, use: 'geoBackup' }]);
    await addUses({ store }, [active, previous]);
    expect(await namesIn(store)).toEqual(['disks', 'disks', 'orders']);
    const { consumers } = await store.keyRows.read(keyId(other.pinned.key));
    expect(consumers?.consumers.map(({ name }) => name)).toEqual(['billing', 'disks']);
  });

  it('stays unknown where only one is named: a look then lists them all', async () => {
    const store = newStore();
    await addUses({ store }, [later]);
    expect(await namesIn(store)).toBeUndefined();
  });
});
