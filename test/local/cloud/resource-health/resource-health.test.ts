import { afterEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { setServerKey } from '../../../../local/cloud/mysql/revalidate.ts';
import { clientsOf, mysqlCloud, untilRefused } from '../mysql/mysql-cloud.ts';
import { ORDERS, setPinned, WEB } from '../mysql/mysql-world.ts';

let cloud: Cloud;
afterEach(() => cloud.close());

const healthOf = async (id: string) => {
  const owner = cloud.world.entra.principals().find(({ name }) => name === 'owner');
  const { resources } = clientsOf(cloud, owner);
  const path = `${id}/providers/Microsoft.ResourceHealth/availabilityStatuses/current`;
  return (await resources.getById(path, '2022-10-01')).properties;
};

const connect = (server: string) =>
  fetch(`${cloud.control}/break/connect`, { method: 'POST', body: JSON.stringify({ server }) });

describe('the resource health of a MySQL server', () => {
  it('does not change when a server loses its key, but when the first client is refused', async () => {
    cloud = await mysqlCloud();
    await connect('orders');
    setPinned(cloud.world, { enabled: false });
    await untilRefused();
    expect(await healthOf(ORDERS)).toMatchObject({ availabilityState: 'Available' });
    await connect('orders');
    expect(await healthOf(ORDERS)).toMatchObject({ availabilityState: 'Unavailable', title: 'Inaccessible' });
  });

  it('is available again with the server', async () => {
    cloud = await mysqlCloud();
    setPinned(cloud.world, { enabled: false });
    await untilRefused();
    await connect('orders');
    setPinned(cloud.world, { enabled: true });
    const server = cloud.world.mysql.servers.single(ORDERS);
    if (server?.key) await setServerKey(cloud.world, server, server.key);
    expect(await healthOf(ORDERS)).toMatchObject({ availabilityState: 'Available' });
  });

  it('is not there for flexible servers', async () => {
    cloud = await mysqlCloud();
    await expect(healthOf(WEB)).rejects.toMatchObject({ statusCode: 404, code: 'ResourceTypeNotSupported' });
  });
});
