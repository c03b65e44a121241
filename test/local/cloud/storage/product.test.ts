import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatorOf } from '../../../../local/azurite.ts';
import { type Booted, boot } from '../../../../local/boot.ts';
import type { FullWorld } from '../../../../local/cloud/create-world.ts';
import { productId, subscriptionId } from '../../../../local/cloud/worlds/product.ts';
import { byKey } from '../../../builders/by-key.ts';
import { MINUTE } from '../../../builders/durations.ts';
import { runStorage } from '../../../run/ground.ts';

const ONCE_A_YEAR = '0 0 0 1 1 *';
const ROLES = {
  stguardian: ['Storage Blob Data Owner', 'Storage Queue Data Contributor', 'Storage Table Data Contributor'],
  stanchors: ['Storage Blob Data Contributor'],
};

/** Accounts without keys, as the product is deployed with; the anchors are kept for a year. */
const addAccounts = (world: FullWorld): void => {
  const principalId = world.entra.managedIdentity(productId)?.objectId ?? '';
  for (const [name, roles] of Object.entries(ROLES)) {
    const account = world.storage.create({
      subscription: subscriptionId,
      group: 'guardian',
      name,
      location: 'koreacentral',
      kind: 'StorageV2',
      sku: { name: 'Standard_ZRS' },
      properties: {
        allowSharedKeyAccess: false,
        networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] },
      },
    });
    account.ready = true;
    for (const role of roles) world.rbac.assign({ scope: account.id, role, principalId });
  }
};

const anchorsOf = ({ storage }: FullWorld): string[] =>
  [...(storage.account('stanchors')?.containers.values() ?? [])].flatMap(({ blobs }) => [...blobs.keys()]);

describe('The product on storage accounts without keys', () => {
  let app: Booted;

  beforeAll(async () => {
    const { addresses, accounts } = emulatorOf(runStorage());
    // Another suite uses other accounts, since the whole run shares one emulator.
    const emulator = { addresses, accounts: accounts.slice(100) };
    app = await boot({
      world: 'mysql-single',
      now: new Date('2026-03-02T00:00:00Z'),
      storage: { connectionString: runStorage(), emulator, gone: new Promise(() => {}), close: async () => {} },
      settings: {
        GUARDIAN_MODE: 'auto',
        GUARDIAN_SCOPE: `/subscriptions/${subscriptionId}`,
        GUARDIAN_DEDICATED_VAULTS: 'kv-orders',
        GUARDIAN_PROBE_SCHEDULE: ONCE_A_YEAR,
        GUARDIAN_POSTURE_SCHEDULE: ONCE_A_YEAR,
        GUARDIAN_SUMMARY_SCHEDULE: ONCE_A_YEAR,
        GUARDIAN_STORAGE_ACCOUNT: 'stguardian',
        GUARDIAN_ANCHORS_ACCOUNT: 'stanchors',
      },
    });
    addAccounts(app.cloud.world);
  });

  afterAll(() => app.close());

  it('heals, and keeps what it did and its anchors with its managed identity', async () => {
    const { cloud, clock } = app;
    const { world } = cloud;
    const exp = Math.floor(clock.now() / 1000);
    world.keyVault.letExpire('kv-orders', 'cmk', undefined, exp);
    const isHealed = () => (world.keyVault.key('kv-orders', 'cmk')?.versions.at(-1)?.exp ?? 0) > exp;
    expect(await clock.advance(30 * MINUTE, isHealed)).toBe(true);
    expect(await clock.advance(90 * MINUTE, () => anchorsOf(world).length > 0)).toBe(true);
    const hosts = cloud.requests
      .list({ caller: world.entra.managedIdentity(productId)?.objectId ?? '' })
      .map(({ url }) => new URL(url).host);
    expect(hosts).toEqual(
      expect.arrayContaining(['stguardian.table.core.windows.net', 'stanchors.blob.core.windows.net']),
    );
  });

  it('is told that its anchors are kept', async () => {
    const { world } = app.cloud;
    const account = world.storage.account('stanchors');
    const [container] = account?.containers.values() ?? [];
    if (!account || !container) throw new Error('There are no anchors.');
    const policy = { days: 400, allowProtectedAppendWrites: false, allowProtectedAppendWritesAll: false };
    container.policy = { ...policy, state: 'Unlocked', etag: '"1"' };
    const { body } = await app.call(byKey({ method: 'GET', path: '/api/health/details' }));
    expect(JSON.stringify(body)).toContain('an immutability policy is set');
  });
});
