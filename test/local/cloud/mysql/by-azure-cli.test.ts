import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { sendAs } from '../arm/send-as.ts';
import { named, subscriptionId } from '../sdk.ts';
import { mysqlCloud } from './mysql-cloud.ts';
import { WEB } from './mysql-world.ts';

/** The version that the Azure CLI 2.91 speaks. */
const VERSION = '2025-06-01-preview';

type Shown = {
  readonly sku: object;
  readonly identity: { readonly userAssignedIdentities: object };
  readonly properties: Readonly<Record<string, object>>;
};

describe('a MySQL flexible server, as the Azure CLI asks about it', () => {
  let cloud: Cloud;
  let send: ReturnType<typeof sendAs>;
  beforeEach(async () => {
    cloud = await mysqlCloud();
    send = sendAs(cloud, named(cloud, 'owner'));
  });
  afterEach(() => cloud.close());

  const at = (place: string): string => `${place}?api-version=${VERSION}`;

  it('takes its size, storage and backups as it shows them, as they are sent with a key, and no others', async () => {
    const { sku, identity, properties } = (await send('GET', at(WEB))).body as Shown;
    const { storage, backup, highAvailability, network, dataEncryption } = properties;
    const rest = { storage, backup, highAvailability, network };
    const same = await send('PATCH', at(WEB), { sku, identity, properties: { ...rest, dataEncryption } });
    expect(same.status).toBe(202);
    const larger = { storage: { ...storage, storageSizeGB: 200 } };
    const other = await send('PATCH', at(WEB), { sku, properties: larger });
    expect(other).toMatchObject({
      status: 501,
      body: { error: { message: expect.stringContaining('properties.storage.storageSizeGB') } },
    });
  });

  it('lists its replicas and no other copies', async () => {
    const source = cloud.world.mysql.servers.flexible(WEB);
    if (!source) throw new Error('There is no server web.');
    const { subscription, group } = source;
    cloud.world.mysql.addCopy(source, 'Replica', { subscription, group, name: 'web-replica' });
    cloud.world.mysql.addCopy(source, 'PointInTimeRestore', { subscription, group, name: 'web-restored' });
    const { body } = await send('GET', at(`${WEB}/replicas`));
    expect(body).toMatchObject({ value: [{ name: 'web-replica', properties: { replicationRole: 'Replica' } }] });
  });

  it('may be of the sizes that its region offers', async () => {
    const place = `/subscriptions/${subscriptionId}/providers/Microsoft.DBforMySQL/locations/koreacentral/capabilities`;
    const { body } = await send('GET', at(place));
    const editions = ['Burstable', 'GeneralPurpose', 'MemoryOptimized'].map((name) => ({ name }));
    expect(body).toMatchObject({ value: [{ supportedFlexibleServerEditions: editions }] });
  });
});
