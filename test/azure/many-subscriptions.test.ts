import { describe, expect, it } from 'vitest';
import { buildWorld } from '../../local/cloud/worlds/build-world.ts';
import {
  addShop,
  addSubscription,
  LANDING_SCOPE,
  letReadBelow,
  letRepair,
  subscriptionOf,
} from '../builders/landing-zones.ts';
import { DAY, type Stage, stage } from './product.ts';

const SHOPS = ['well', 'refused', 'disabled', 'throttled'];
const idOf = (name: string): string => `/subscriptions/${subscriptionOf(name)}`;
const keyOf = (shop: string) => ({ host: `kv-${shop}.vault.azure.net`, name: 'cmk' });
const vaultIn = (shop: string): string =>
  `${idOf(shop)}/resourceGroups/data/providers/Microsoft.KeyVault/vaults/kv-${shop}`;
const serverIn = (shop: string, name: string): string =>
  `${idOf(shop)}/resourceGroups/data/providers/Microsoft.DBforMySQL/servers/${name}`;
const consumersOf = (shop: string) => ({
  key: keyOf(shop),
  consumers: [],
  consumerIds: [serverIn(shop, shop)],
});

/**
 * Five subscriptions: a healthy one, one that refuses every request, a disabled one, one for which Azure does not answer, and an
 * empty one.
 */
const estate = async (named = [...SHOPS, 'empty']): Promise<Stage> => {
  const set = await stage({}, { scopes: named.map(idOf) });
  letReadBelow(set);
  for (const name of SHOPS) letRepair(set, addShop(set, name));
  addSubscription(set, 'empty');
  await set.advance(DAY);
  const { faults, world } = set.cloud;
  Object.assign(world.subscriptions.get(subscriptionOf('disabled')) ?? {}, { disabled: true });
  faults.add({ route: `* https://management.azure.com${idOf('refused')}*`, kind: '403', rate: 1 });
  faults.add({ route: `* https://management.azure.com${idOf('throttled')}*`, kind: '503', rate: 1 });
  return set;
};

/** A server with a role at the management group. Returns its principal. */
const letServerInFromAbove = ({ cloud: { world } }: Stage): string => {
  const subscription = subscriptionOf('well');
  buildWorld(world, {
    vaults: [{ name: 'kv-roles', permissions: 'roles', keys: [{ name: 'cmk', expiresInDays: 90 }], subscription }],
    servers: [{ name: 'roles', generation: 'single', vault: 'kv-roles', key: 'cmk', subscription }],
  });
  const principalId = world.entra.managedIdentity(serverIn('well', 'roles'))?.objectId ?? '';
  for (const { name, role, scope } of world.rbac.assignments().filter((one) => one.principalId === principalId)) {
    world.rbac.unassign(scope, name);
    world.rbac.assign({ scope: LANDING_SCOPE, role, principalId });
  }
  return principalId;
};

describe('a subscription that is disabled, empty, refused or not answered for', () => {
  it('keeps no consumer, vault or role of another from being seen', async () => {
    const { call } = await estate();
    const { keys, unreadable } = await call('listConsumers');
    expect(keys.map(({ key: { host } }) => host).toSorted()).toEqual([keyOf('disabled').host, keyOf('well').host]);
    expect(new Set(unreadable.map(({ id }) => id))).toEqual(new Set([idOf('refused'), idOf('throttled')]));

    const { observations } = await call('observeKeys', ['well', 'disabled', 'refused'].map(consumersOf));
    expect(observations.map(({ vault }) => vault.kind)).toEqual(['present', 'present', 'unknown']);
    const own = await call('ownGrants');
    expect(own).toMatchObject({ kind: 'present', value: { unread: [idOf('refused'), idOf('throttled')] } });
  });

  it.each([
    ['each by its id', [...SHOPS, 'empty']],
    ['by lists', ['well', 'refused', 'throttled']],
  ])('keeps no key of another from being observed where vaults are read %s', async (_how, named) => {
    const { call } = await estate(named);
    const shops = SHOPS.filter((shop) => named.includes(shop));
    const requests = shops.map((shop) => ({ ...consumersOf(shop), vaultId: vaultIn(shop) }));
    const more =
      named.length > shops.length ? [] : [{ ...consumersOf('well'), key: { ...keyOf('well'), name: 'other' } }];
    const { observations, unreadable } = await call('observeKeys', [...requests, ...more]);
    expect(observations.map(({ key, vault }) => `${key.host} ${vault.kind}`)).toEqual(
      [...shops.filter((shop) => shop !== 'throttled'), ...more.map(() => 'well')].map(
        (shop) => `${keyOf(shop).host} ${shop === 'refused' ? 'unknown' : 'present'}`,
      ),
    );
    expect(unreadable).toMatchObject([{ id: 'https://kv-throttled.vault.azure.net/keys/cmk', unavailable: true }]);
  });

  it('keeps no probe of a key of another waiting, though nobody knows yet where the vaults are', async () => {
    const { call, cloud } = await estate();
    const { keys } = await call('listConsumers');
    const began = cloud.world.clock.now();
    const { observations } = await call('probeKeys', [...keys, { key: keyOf('throttled'), consumers: [] }]);
    const seen = observations.flatMap(({ key, vault }) => (vault.kind === 'present' ? [key.host] : []));
    expect(seen.toSorted()).toEqual(['disabled', 'well'].map((shop) => keyOf(shop).host));
    expect(cloud.world.clock.now() - began).toBeLessThan(1_000);
  });

  it('is waited for once, and keeps no later read of a sweep waiting', async () => {
    const { call, cloud } = await estate();
    await call('listConsumers');
    const began = cloud.world.clock.now();
    await call('readPlaces', [serverIn('throttled', 'throttled')]);
    await call('ownGrants');
    expect(cloud.world.clock.now() - began).toBeLessThan(1_000);
  });

  it('keeps no role that was given above all of them from being read, though it is the first that is named', async () => {
    const set = await estate(['refused', 'well']);
    const principalId = letServerInFromAbove(set);
    await set.advance(DAY);
    expect(await set.call('ownGrants')).toMatchObject({ kind: 'present', value: { unread: [idOf('refused')] } });
    const { access } = await set.call('observeKey', keyOf('roles'), { consumerIds: [serverIn('well', 'roles')] });
    expect(access?.[principalId]).toMatchObject({
      kind: 'present',
      value: { permissions: expect.arrayContaining(['wrapKey', 'unwrapKey']) },
    });
  });

  it('keeps no lock and no right of another from being known to the posture report', async () => {
    const { call, cloud } = await estate();
    const scope = vaultIn('well');
    cloud.world.locks.put({ scope, name: 'keep', level: 'ReadOnly' });
    const { locks, own, unreadLocks = [] } = await call('surroundings');
    expect(locks).toMatchObject({ kind: 'present', value: [{ scope: scope.toLowerCase(), level: 'ReadOnly' }] });
    expect(unreadLocks.map(({ id }) => id)).toEqual([idOf('refused'), idOf('throttled')]);
    expect(unreadLocks[0]?.reason).toContain(idOf('refused'));
    expect(own).toMatchObject({
      kind: 'present',
      value: { grants: { kind: 'present' }, unread: [{ id: idOf('refused') }, { id: idOf('throttled') }] },
    });
  });

  it('keeps no deleted vault of another from being found', async () => {
    const { call, cloud } = await estate();
    cloud.world.keyVault.deleteVault('kv-well');
    const vaultId = vaultIn('well');
    const { observations } = await call(
      'observeKeys',
      ['well', 'refused', 'disabled'].map((shop) => ({ ...consumersOf(shop), ...(shop === 'well' && { vaultId }) })),
    );
    const { vault, vaultLoss } = observations[0] ?? {};
    expect(vault?.kind).toBe('absent');
    expect(vaultLoss).toMatchObject({ kind: 'present', value: { kind: 'deleted' } });
  });
});
