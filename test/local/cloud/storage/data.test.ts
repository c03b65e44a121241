import type { HttpMethods } from '@azure/core-rest-pipeline';
import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import type { Principal } from '../../../../local/cloud/entra/entra.ts';
import { throughProxy } from '../sdk.ts';
import { ACCOUNT, ACCOUNT_ID, anAccount, DAY } from './storage-cloud.ts';

const refused = (statusCode: number, code: string) => expect.objectContaining({ statusCode, code });
const MISMATCH = refused(403, 'AuthorizationPermissionMismatch');

const CONTRIBUTOR = 'Storage Blob Data Contributor';

/** An account with a container, whose blobs a principal may write. */
const blobs = async (...[properties]: Parameters<typeof anAccount>) => {
  const of = await anAccount(properties);
  of.give(CONTRIBUTOR);
  const container = of.blobs.getContainerClient('anchors');
  await container.create();
  const write = (name: string, text: string) => container.getBlockBlobClient(name).upload(text, text.length);
  const read = async (name: string) => (await container.getBlobClient(name).downloadToBuffer()).toString();
  return { ...of, container, write, read };
};

/** Requests to the queues of the account, for which no client is at hand. */
const queueClient = (cloud: Cloud, principal: Principal) => {
  const { agent } = throughProxy(cloud);
  const client = createDefaultHttpClient();
  return async (method: HttpMethods, path: string, body?: string) => {
    const token = await cloud.world.entra.issue({ principal, audience: 'https://storage.azure.com' });
    const headers = createHttpHeaders({ authorization: `Bearer ${token}`, 'x-ms-version': '2023-11-03' });
    const url = `https://${ACCOUNT}.queue.core.windows.net${path}`;
    const request = createPipelineRequest({ url, method, headers, ...(body !== undefined && { body }) });
    request.agent = agent;
    const { status, bodyAsText } = await client.sendRequest(request);
    return { status, text: bodyAsText ?? '' };
  };
};

const byKey = (cloud: Cloud, key: string) =>
  new BlobServiceClient(`https://${ACCOUNT}.blob.core.windows.net`, new StorageSharedKeyCredential(ACCOUNT, key), {
    ...throughProxy(cloud),
    retryOptions: { maxTries: 1 },
  });

describe('The data of a storage account', () => {
  it('is written and read with a token by who has the role, and is there on both planes', async () => {
    const { arm, read, write, container } = await blobs();
    await write('a/b c.txt', 'kept');
    expect(await read('a/b c.txt')).toBe('kept');
    const names: string[] = [];
    for await (const { name } of container.listBlobsFlat()) names.push(name);
    expect(names).toEqual(['a/b c.txt']);
    expect((await arm('GET', '/blobServices/default/containers/anchors')).status).toBe(200);
  });

  it('is refused without the role, and with that of Resource Manager alone', async () => {
    const { blobs: client, give } = await anAccount();
    const upload = () => client.getContainerClient('anchors').getBlockBlobClient('x').upload('x', 1);
    await expect(upload()).rejects.toEqual(MISMATCH);
    give('Owner');
    await client.getContainerClient('anchors').create();
    await expect(upload()).rejects.toEqual(MISMATCH);
    give(CONTRIBUTOR, `${ACCOUNT_ID}/blobServices/default/containers/anchors`);
    expect((await upload())._response.status).toBe(201);
  });

  it('takes no account key where keys are off, and only its own where they are on', async () => {
    const { cloud, arm } = await anAccount();
    const [key = ''] = cloud.world.storage.account(ACCOUNT)?.keys ?? [];
    const create = (secret: string) => byKey(cloud, secret).getContainerClient('keyed').create();
    await expect(create(key)).rejects.toEqual(refused(403, 'KeyBasedAuthenticationNotPermitted'));
    await arm('PATCH', '', { properties: { allowSharedKeyAccess: true } });
    await expect(create(Buffer.from('guessed').toString('base64'))).rejects.toEqual(
      refused(403, 'AuthenticationFailed'),
    );
    expect((await create(key))._response.status).toBe(201);
  });

  it('is out of reach behind a closed firewall, whatever the role', async () => {
    const { arm, read, write } = await blobs();
    await write('x', 'x');
    await arm('PATCH', '', { properties: { networkAcls: { defaultAction: 'Deny' } } });
    await expect(write('x', 'y')).rejects.toEqual(refused(403, 'AuthorizationFailure'));
    await expect(read('x')).rejects.toMatchObject({ statusCode: 403 });
    await arm('PATCH', '', {
      properties: { networkAcls: { defaultAction: 'Deny', ipRules: [{ value: '203.0.113.0/24', action: 'Allow' }] } },
    });
    expect(await read('x')).toBe('x');
  });

  it('is nowhere before the hosts of its account resolve', async () => {
    const { cloud, blobs: client } = await anAccount();
    const found = cloud.world.storage.account(ACCOUNT);
    if (found) found.ready = false;
    await expect(client.getContainerClient('anchors').create()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('is neither overwritten nor deleted while a policy keeps it, and both afterwards', async () => {
    const { cloud, arm, container, read, write } = await blobs();
    await write('2026-11-22', 'head');
    await arm('PUT', '/blobServices/default/containers/anchors/immutabilityPolicies/default', {
      properties: { immutabilityPeriodSinceCreationInDays: 400 },
    });
    const immutable = refused(409, 'BlobImmutableDueToPolicy');
    await expect(write('2026-11-22', 'forged')).rejects.toEqual(immutable);
    await expect(container.deleteBlob('2026-11-22')).rejects.toEqual(immutable);
    await expect(container.delete()).rejects.toEqual(refused(409, 'ContainerProtectedFromDeletion'));
    expect(await read('2026-11-22')).toBe('head');
    expect(await container.getProperties()).toMatchObject({ hasImmutabilityPolicy: true });
    await cloud.world.clock.advance(400 * DAY);
    await write('2026-11-22', 'new');
    await cloud.world.clock.advance(400 * DAY);
    await container.deleteBlob('2026-11-22');
  });

  it('is in tables too, one entity or many at once', async () => {
    const { give, tables, table } = await anAccount();
    await expect(tables.createTable('rows')).rejects.toMatchObject({ statusCode: 403 });
    give('Storage Table Data Contributor');
    await tables.createTable('rows');
    const rows = table('rows');
    await rows.createEntity({ partitionKey: 'p', rowKey: "it's 1", value: 1 });
    await rows.submitTransaction([
      ['create', { partitionKey: 'p', rowKey: '2', value: 2 }],
      ['update', { partitionKey: 'p', rowKey: "it's 1", value: 3 }, 'Replace'],
    ]);
    const found: unknown[] = [];
    for await (const { value } of rows.listEntities({ queryOptions: { filter: "PartitionKey eq 'p'" } }))
      found.push(value);
    expect(found).toEqual([2, 3]);
    expect(await rows.getEntity('p', "it's 1")).toMatchObject({ value: 3 });
  });

  it('is in queues, whose messages another role gives', async () => {
    const { cloud, app, give } = await anAccount();
    const send = queueClient(cloud, app);
    give('Storage Account Contributor');
    expect((await send('PUT', '/jobs')).status).toBe(201);
    const message = '<QueueMessage><MessageText>wake</MessageText></QueueMessage>';
    expect((await send('POST', '/jobs/messages', message)).status).toBe(403);
    give('Storage Queue Data Message Sender');
    expect((await send('POST', '/jobs/messages', message)).status).toBe(201);
    expect((await send('GET', '/jobs/messages')).status).toBe(403);
    give('Storage Queue Data Contributor');
    expect((await send('GET', '/jobs/messages')).text).toContain('<MessageText>wake</MessageText>');
  });

  it('is one account’s alone', async () => {
    const { cloud, arm, write, container } = await blobs();
    await write('x', 'x');
    await arm('DELETE');
    await cloud.world.clock.advance(1_000);
    await arm('PUT', '', { location: 'koreacentral', kind: 'StorageV2', sku: { name: 'Standard_LRS' } });
    await cloud.world.clock.advance(20_000);
    cloud.world.rbac.assign({
      scope: ACCOUNT_ID,
      role: CONTRIBUTOR,
      principalId: cloud.world.entra.principals().find(({ name }) => name === 'app')?.objectId ?? '',
    });
    expect(await container.exists()).toBe(false);
  });
});
