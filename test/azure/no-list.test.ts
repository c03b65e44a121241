import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { apiVersion } from '../../src/remediation/model/api-versions.ts';
import { DISKS } from './disks.ts';
import { KEY, ORDERS, SINGLE } from './orders.ts';
import { HOUR, type Stage, SUBSCRIPTION, stage } from './product.ts';

/** Bodies of a 200 that hold no list, as of a proxy that answers in Azure's place. */
const NO_LISTS = [{}, { value: null }, '<html>', null];

const WITH_ROLES: WorldPlan = {
  ...ORDERS,
  vaults: (ORDERS.vaults ?? []).map((vault) => ({ ...vault, permissions: 'roles' as const })),
};

type Route = `GET ${string}` | `POST ${string}`;

const answering = ({ cloud }: Stage, route: Route, body: unknown): void => {
  cloud.faults.clear();
  cloud.faults.add({ route, rate: 1, kind: 'answer', status: 200, body });
};

const WORLDS = { servers: ORDERS, disks: DISKS, roles: WITH_ROLES };

const notAList = { kind: 'unknown', reason: expect.stringContaining('does not count as an empty list') };

/** Each body in turn. */
const withEach = async (
  world: keyof typeof WORLDS,
  route: Route,
  holds: (set: Stage, body: unknown) => Promise<void>,
): Promise<void> => {
  const set = await stage(WORLDS[world]);
  for (const body of NO_LISTS) {
    await set.advance(HOUR);
    answering(set, route, body);
    await holds(set, body);
  }
};

describe('An answer to a list that holds no list is not an empty list:', () => {
  it.each([
    ['single servers', 'servers', 'GET *DBforMySQL/servers'],
    ['flexible servers', 'servers', 'GET *flexibleServers'],
    ['disk encryption sets', 'disks', 'GET *diskEncryptionSets'],
  ] as const)('%s may be there', (_what, world, route) =>
    withEach(world, route, async ({ call }, body) => {
      const { unreadable } = await call('listConsumers');
      expect([body, unreadable]).toEqual([body, [expect.objectContaining(notAList)]]);
    }),
  );

  it('the keys of a server, which may use one', () =>
    withEach('servers', 'GET *servers/orders/keys', async ({ call }, body) => {
      expect([body, await call('readConsumer', SINGLE)]).toEqual([body, expect.objectContaining(notAList)]);
    }));

  it('role assignments, of one key as of many', () =>
    withEach('roles', 'GET *roleAssignments', async ({ call }, body) => {
      for (const hints of [{}, { around: 'asked' as const }]) {
        const { access } = await call('observeKey', KEY, hints);
        const kinds = Object.values(access ?? {}).map(({ kind }) => kind);
        expect([body, hints, kinds.length > 0, new Set(kinds)]).toEqual([body, hints, true, new Set(['unknown'])]);
      }
    }));

  it('vaults', () =>
    withEach('servers', 'GET *vaults', async ({ call }, body) => {
      expect([body, (await call('observeKey', KEY)).vault]).toEqual([body, notAList]);
    }));

  it('deleted vaults, of which one may be the missing one', async () => {
    const set = await stage(ORDERS);
    await set.call('observeKey', KEY);
    set.cloud.world.keyVault.deleteVault('kv-orders');
    for (const body of NO_LISTS) {
      answering(set, 'GET *deletedVaults', body);
      expect([body, (await set.call('observeKey', KEY)).vaultLoss]).toEqual([body, notAList]);
    }
  });

  it('the other keys of a vault, which a grant would open as well', () =>
    withEach('servers', 'GET *vaults/kv-orders/keys', async ({ call, cloud }, body) => {
      const { entra, keyVault } = cloud.world;
      const { objectId = '' } = entra.managedIdentity(SINGLE) ?? {};
      const lost = { tenantId: entra.tenantId, objectId, permissions: { keys: ['wrapKey'] } };
      keyVault.changePolicies('kv-orders', 'remove', [lost]);
      expect([body, (await call('observeKey', KEY)).otherKeys]).toEqual([body, notAList]);
    }));

  it('the rows of a query', () =>
    withEach('servers', 'POST *ResourceGraph/resources', async ({ call }, body) => {
      expect([body, await call('query', 'the servers', 'resources | project id')]).toEqual([body, notAList]);
    }));
});

describe('A list that leads to another host', () => {
  it.each([
    ['single servers', 'GET *DBforMySQL/servers'],
    ['flexible servers', 'GET *flexibleServers'],
    ['vaults', 'GET *vaults'],
  ] as const)('sends no token there: %s', async (_what, route) => {
    const set = await stage(ORDERS);
    answering(set, route, { value: [], nextLink: 'https://evil.example/next' });
    set.requests();
    await set.call('listConsumers');
    await set.call('observeKey', KEY).catch(() => undefined);
    expect(set.cloud.requests.list().filter(({ url }) => url.includes('evil.example'))).toEqual([]);
  });
});

describe('A list that leads back to itself', () => {
  it('is unknown after two calls, and is not followed for ever', async () => {
    const set = await stage(ORDERS);
    const path = `${SUBSCRIPTION}/providers/Microsoft.DBforMySQL/flexibleServers`;
    const again = `https://management.azure.com${path}?again&api-version=${apiVersion('Microsoft.DBforMySQL/flexibleServers')}`;
    answering(set, 'GET *flexibleServers*', { value: [], nextLink: again });
    set.requests();
    const { unreadable } = await set.call('listConsumers');
    expect(unreadable).toMatchObject([{ kind: 'unknown', reason: expect.stringContaining('leads back') }]);
    expect(set.requests().filter((one) => one.includes('flexibleServers'))).toHaveLength(2);
  });
});
