import { ResourceManagementClient } from '@azure/arm-resources';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { aCloud, credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';

const version = '2023-01-31';
const id = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shop`;
const fast = { updateIntervalInMs: 0 };

const resourcesOf = (cloud: Cloud) =>
  new ResourceManagementClient(credentialOf(cloud, named(cloud, 'owner')), subscriptionId, throughProxy(cloud))
    .resources;

describe('a user-assigned identity', () => {
  it('is a resource, and a principal in Entra', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const made = await resourcesOf(cloud).createOrUpdateById(id, version, { location: 'koreacentral' }, fast);
    const principal = cloud.world.entra.managedIdentity(id);
    expect(made.properties).toMatchObject({ principalId: principal?.objectId, clientId: principal?.appId });
    expect(
      await resourcesOf(cloud).getById(id.toUpperCase().replace('SUBSCRIPTIONS', 'subscriptions'), version),
    ).toMatchObject({ id });
  });

  it('made again after it was deleted is another principal', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const make = async () => {
      const made = await resourcesOf(cloud).createOrUpdateById(id, version, { location: 'koreacentral' }, fast);
      return made.properties?.['principalId'];
    };
    const first = await make();
    expect(await make()).toBe(first);
    await resourcesOf(cloud).deleteById(id, version, fast);
    await expect(resourcesOf(cloud).getById(id, version)).rejects.toMatchObject({
      statusCode: 404,
      code: 'ResourceNotFound',
    });
    expect(await make()).not.toBe(first);
  });

  it('needs a location', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    await expect(resourcesOf(cloud).createOrUpdateById(id, version, {}, fast)).rejects.toMatchObject({
      code: 'LocationRequired',
    });
  });
});
