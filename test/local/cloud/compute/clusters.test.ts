import { describe, expect, it } from 'vitest';
import { sendAs } from '../arm/send-as.ts';
import { named, subscriptionId } from '../sdk.ts';
import { aComputeCloud, HOUR, MINUTE, place } from './compute-cloud.ts';

const GROUP = `/subscriptions/${subscriptionId}/resourceGroups/data/providers`;
const CLUSTER = `${GROUP}/Microsoft.ContainerService/managedClusters/aks-shop`;
const POOL = `${CLUSTER}/agentPools/work`;
const VERSION = '2024-05-01';
const at = (id: string) => `${id}?api-version=${VERSION}`;

/** A set whose key works, and the body of the example in infra. */
const aDeployment = async () => {
  const cloud = await aComputeCloud();
  const { world, set } = cloud;
  const { id: identity } = world.managedIdentities.create({ ...place, name: 'id-aks', location: 'koreacentral' });
  const body = {
    location: 'koreacentral',
    identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } },
    properties: {
      dnsPrefix: 'shop',
      diskEncryptionSetID: set.id,
      enableRBAC: true,
      agentPoolProfiles: [{ name: 'system', mode: 'System', count: 2, vmSize: 'Standard_D2s_v5', osType: 'Linux' }],
    },
  };
  const send = sendAs(cloud.cloud, named(cloud.cloud, 'owner'));
  /** Begins the operation, lets it end, and says how it ended. */
  const put = async (id: string, given: object) => {
    const begun = await send('PUT', at(id), given);
    await cloud.advance(10 * MINUTE);
    const operation = new URL(begun.header('azure-asyncoperation') ?? '');
    return (await send('GET', `${operation.pathname}${operation.search}`)).body;
  };
  const scaleSet = (pool: string) => world.compute.scaleSets.all().find(({ name }) => name === `aks-${pool}-vmss`);
  return { ...cloud, body, identity, put, send, scaleSet };
};

describe('a cluster through Resource Manager', () => {
  it('is made with nodes whose disks are on its set, and shows what was written', async () => {
    const { put, body, identity, set, scaleSet, send } = await aDeployment();
    expect(await put(CLUSTER, body)).toMatchObject({ status: 'Succeeded' });
    const { body: shown } = await send('GET', at(CLUSTER));
    expect(shown).toMatchObject({ ...body, identity: { userAssignedIdentities: { [identity]: {} } } });
    expect(scaleSet('system')).toMatchObject({ encryptionSet: set.id, capacity: 2 });
    expect(await send('PUT', at(CLUSTER), shown)).toMatchObject({ status: 202 });
  });

  it('gets another pool, which loses its nodes with the key as the first does, and goes with the cluster', async () => {
    const { put, body, set, scaleSet, send, world, version, advance } = await aDeployment();
    await put(CLUSTER, body);
    await put(POOL, { properties: { count: 1, vmSize: 'Standard_D2s_v5' } });
    expect(scaleSet('work')).toMatchObject({ encryptionSet: set.id, nodes: [{ power: 'running' }] });
    expect(await send('GET', at(`${CLUSTER}/agentPools`))).toMatchObject({
      body: { value: [{ name: 'system' }, { name: 'work', properties: { mode: 'User' } }] },
    });
    world.keyVault.setAttributes('kv-disks', 'cmk', version, { enabled: false });
    await advance(2 * HOUR);
    expect(scaleSet('work')?.nodes[0]?.power).toBe('stopped');
    await send('DELETE', at(CLUSTER));
    await advance(10 * MINUTE);
    expect(await send('GET', at(CLUSTER))).toMatchObject({ status: 404 });
    expect([scaleSet('system'), scaleSet('work')]).toEqual([undefined, undefined]);
  });

  it('grows and shrinks, and keeps a pool of mode System', async () => {
    const { put, body, scaleSet, send, advance } = await aDeployment();
    await put(CLUSTER, body);
    for (const count of [4, 1]) {
      await put(POOL, { properties: { count, vmSize: 'Standard_D2s_v5' } });
      expect(scaleSet('work')?.nodes).toHaveLength(count);
    }
    expect(await send('DELETE', at(`${CLUSTER}/agentPools/system`))).toMatchObject({ status: 400 });
    expect(await send('DELETE', at(POOL))).toMatchObject({ status: 202 });
    await advance(10 * MINUTE);
    expect(scaleSet('work')).toBeUndefined();
    expect(await send('DELETE', at(POOL))).toMatchObject({ status: 204 });
  });

  it('is not made where its set may not use the key, and takes no other set later', async () => {
    const { put, body, send, world, version } = await aDeployment();
    world.keyVault.setAttributes('kv-disks', 'cmk', version, { enabled: false });
    expect(await put(CLUSTER, body)).toMatchObject({ status: 'Failed', error: { code: 'KeyVaultAccessForbidden' } });
    world.keyVault.setAttributes('kv-disks', 'cmk', version, { enabled: true });
    await put(CLUSTER, body);
    const { diskEncryptionSetID: _set, ...plain } = body.properties;
    expect(await send('PUT', at(CLUSTER), { ...body, properties: plain })).toMatchObject({
      status: 400,
      body: { error: { code: 'PropertyChangeNotAllowed' } },
    });
  });

  it.each([
    [
      'a set that is not there',
      { diskEncryptionSetID: `${GROUP}/Microsoft.Compute/diskEncryptionSets/none` },
      'was not found',
    ],
    ['no pool of mode System', { agentPoolProfiles: [{ name: 'work', mode: 'User' }] }, 'mode System'],
    [
      'a pool whose name is too long',
      { agentPoolProfiles: [{ name: 'system-nodes-1', mode: 'System' }] },
      '12 lower-case',
    ],
    [
      'a set in its pool',
      { agentPoolProfiles: [{ name: 'system', mode: 'System', diskEncryptionSetID: 'x' }] },
      'a pool has none',
    ],
  ])('is refused with %s', async (_, properties, told) => {
    const { body, send } = await aDeployment();
    const given = { ...body, properties: { ...body.properties, ...properties } };
    expect(await send('PUT', at(CLUSTER), given)).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining(told) } },
    });
  });
});
