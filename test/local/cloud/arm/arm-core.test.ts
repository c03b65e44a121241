import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { ResourceManagementClient } from '@azure/arm-resources';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { aCloud, all, credentialOf, named, subscriptionId, theProduct, throughProxy } from '../sdk.ts';

const vaults = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.KeyVault/vaults`;

const resourcesOf = (cloud: Cloud, principal = named(cloud, 'owner')) =>
  new ResourceManagementClient(credentialOf(cloud, principal), subscriptionId, throughProxy(cloud));

describe('Azure Resource Manager', () => {
  it('refuses a request without api-version', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    await expect(resourcesOf(cloud).resources.getById(`${vaults}/kv-orders`, '')).rejects.toMatchObject({
      statusCode: 400,
      code: 'MissingApiVersionParameter',
    });
  });

  it('names the api-versions that a known type has', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    await expect(resourcesOf(cloud).resources.getById(`${vaults}/kv-orders`, '1999-01-01')).rejects.toMatchObject({
      statusCode: 400,
      code: 'NoRegisteredProviderFound',
      message: expect.stringContaining(
        "API version '1999-01-01' for type 'vaults'. The supported api-versions are '2023-07-01",
      ),
    });
    expect(cloud.lines).toEqual([
      expect.stringContaining('not simulated: GET https://management.azure.com/subscriptions/'),
    ]);
  });

  it('says 404 to a version that a type without a location does not have', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const assignments = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleAssignments`;
    await expect(resourcesOf(cloud).resources.getById(`${assignments}/x`, '2018-06-01')).rejects.toMatchObject({
      statusCode: 404,
      code: 'InvalidResourceType',
      message: expect.stringMatching(
        /^The resource type 'roleAssignments' could not be found in the namespace 'Microsoft.Authorization' for api version '2018-06-01'. The supported api-versions are '2015-07-01,/,
      ),
    });
  });

  it('refuses on purpose a version that it knows, for a type and all below it, and serves it again', async () => {
    const refusedApiVersions = { 'microsoft.keyvault/vaults/keys': ['2026-02-01'] };
    const cloud = await aCloud({ world: 'mysql-single', switches: { refusedApiVersions } });
    const get = (id: string, version = '2026-02-01') => resourcesOf(cloud).resources.getById(id, version);
    const key = `${vaults}/kv-orders/keys/cmk`;
    for (const [id, type] of [
      [key, 'vaults/keys'],
      [`${key}/versions/none`, 'vaults/keys/versions'],
    ] as const)
      await expect(get(id)).rejects.toMatchObject({
        statusCode: 400,
        code: 'NoRegisteredProviderFound',
        message: expect.stringContaining(
          `API version '2026-02-01' for type '${type}'. The supported api-versions are '2023-07-01, 2024-11-01, 2025-05-01'.`,
        ),
      });
    expect(await get(key, '2025-05-01')).toMatchObject({ name: 'cmk' });
    expect(await get(`${vaults}/kv-orders`)).toMatchObject({ name: 'kv-orders' });
    cloud.world.switches.refusedApiVersions = {};
    expect(await get(key)).toMatchObject({ name: 'cmk' });
    expect(cloud.lines).toEqual([]);
  });

  it.each([
    ['a type that its provider does not have', 'Microsoft.KeyVault/managedClusters', 'InvalidResourceType'],
    ['a provider that is not there', 'Microsoft.Nowhere/things', 'InvalidResourceNamespace'],
  ])('answers 404 for %s, and says aloud that it is not simulated', async (_case, type, code) => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const id = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/${type}/x`;
    await expect(resourcesOf(cloud).resources.getById(id, '2024-01-01')).rejects.toMatchObject({
      statusCode: 404,
      code,
    });
    expect(cloud.lines).toEqual([`not simulated: GET https://management.azure.com${id}?api-version=2024-01-01`]);
  });

  it('finds what is there whatever the casing, and keeps the casing it was made with', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const found = await resourcesOf(cloud).resources.getById(
      `${vaults}/KV-ORDERS`.replace('resourceGroups', 'resourcegroups'),
      '2026-02-01',
    );
    expect(found.id).toBe(`${vaults}/kv-orders`);
  });

  it('tells a missing subscription, resource group and resource apart', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const get = (id: string) => resourcesOf(cloud).resources.getById(id, '2026-02-01');
    await expect(get(`${vaults}/none`)).rejects.toMatchObject({ statusCode: 404, code: 'ResourceNotFound' });
    await expect(get(`${vaults}/kv-orders`.replace('/data/', '/none/'))).rejects.toMatchObject({
      code: 'ResourceGroupNotFound',
    });
    const elsewhere = `${vaults}/kv-orders`.replace(subscriptionId, '00000000-0000-4000-8000-000000000000');
    await expect(get(elsewhere)).rejects.toMatchObject({ statusCode: 404, code: 'SubscriptionNotFound' });
  });

  it('answers 403 to a principal without a role, in Azure words', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const requester = named(cloud, 'requester');
    await expect(
      resourcesOf(cloud, requester).resources.getById(`${vaults}/kv-orders`, '2026-02-01'),
    ).rejects.toMatchObject({
      statusCode: 403,
      code: 'AuthorizationFailed',
      message: expect.stringMatching(
        /^The client '.+' with object id '.+' does not have authorization to perform action 'Microsoft.KeyVault\/vaults\/read' over scope '\/subscriptions\/.+\/vaults\/kv-orders' or the scope is invalid. If access was recently granted, please refresh your credentials.$/,
      ),
    });
  });

  it('lists every resource, page by page, and by type', async () => {
    const cloud = await aCloud({ world: 'estate', worldInput: { servers: 6, keys: 3 } });
    const { resources } = resourcesOf(cloud, named(cloud, 'owner'));
    const everything = await all(resources.list());
    expect(everything).toHaveLength(3 + 6 + 3);
    expect(await all(resources.list({ top: 5 }))).toEqual(everything);
    const filter = "resourceType eq 'Microsoft.DBforMySQL/flexibleServers'";
    expect((await all(resources.list({ filter }))).map(({ name }) => name)).toEqual([
      'server-2',
      'server-4',
      'server-6',
    ]);
    await expect(all(resources.list({ filter: 'nonsense' }))).rejects.toMatchObject({
      code: 'InvalidFilterInQueryString',
    });
  });

  it('shows resource groups to those who may see them', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const groups = await all(resourcesOf(cloud, named(cloud, 'owner')).resourceGroups.list());
    expect(groups.map(({ name }) => name)).toEqual(['guardian', 'data']);
    await expect(all(resourcesOf(cloud, named(cloud, 'approver')).resourceGroups.list())).rejects.toMatchObject({
      statusCode: 403,
    });
  });

  it('gives every answer the ids to find it by, and the reads that are left', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const client = new KeyVaultManagementClient(
      credentialOf(cloud, theProduct(cloud)),
      subscriptionId,
      throughProxy(cloud),
    );
    const remaining: number[] = [];
    const onResponse = ({ headers }: { headers: { get(name: string): string | undefined } }) => {
      remaining.push(Number(headers.get('x-ms-ratelimit-remaining-subscription-reads')));
      expect(headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('x-ms-correlation-request-id')).toBe('my-correlation');
      expect(headers.get('x-ms-routing-request-id')).toMatch(/^KOREACENTRAL:2026-11-22T/);
    };
    const requestOptions = { headers: { 'x-ms-correlation-request-id': 'my-correlation' } };
    for (const _ of [1, 2]) await client.vaults.get('data', 'kv-orders', { requestOptions, onResponse });
    expect(remaining).toEqual([249, 248]);
    expect(cloud.requests.list().map(({ correlationId }) => correlationId)).toEqual([
      'my-correlation',
      'my-correlation',
    ]);
  });
});
