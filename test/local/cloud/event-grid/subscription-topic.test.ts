import { ComputeManagementClient } from '@azure/arm-compute';
import { ResourceManagementClient } from '@azure/arm-resources';
import { EventGridDeserializer, isSystemEvent } from '@azure/eventgrid';
import { describe, expect, it } from 'vitest';
import { MINUTE, VAULT } from '../key-vault/vault-cloud.ts';
import { credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';
import { aWebhook, NAME } from './grid.ts';

const scope = `/subscriptions/${subscriptionId}`;

type Wire = Record<string, unknown> & { data: Record<string, unknown> };

/** A receiver that gets the event of every write in the subscription. */
const aHearer = async (schema: 'EventGridSchema' | 'CloudEventSchemaV1_0' = 'EventGridSchema') => {
  const webhook = await aWebhook();
  await webhook.subscribe({ scope, schema });
  const owner = named(webhook.cloud, 'owner');
  const arm = webhook.armAs(owner);
  const resources = new ResourceManagementClient(
    credentialOf(webhook.cloud, owner),
    subscriptionId,
    throughProxy(webhook.cloud),
  ).resources;
  const compute = new ComputeManagementClient(
    credentialOf(webhook.cloud, owner),
    subscriptionId,
    throughProxy(webhook.cloud),
  );
  const events = async () => {
    await webhook.advance(0);
    return webhook.receiver.events() as Wire[];
  };
  return { ...webhook, owner, arm, compute, resources, events };
};

const lower = (value: unknown) => String(value).toLowerCase();

describe('the topic of a subscription', () => {
  it('tells of a write: who, what, where, and nothing of what was written', async () => {
    const { arm, events, vault, owner, world } = await aHearer();
    await arm.vaults.update('data', VAULT, { tags: { secret: 'nobody shall see this' } });
    const [event] = await events();
    expect(event).toMatchObject({
      eventType: 'Microsoft.Resources.ResourceWriteSuccess',
      topic: scope,
      dataVersion: '2',
      metadataVersion: '1',
      data: {
        operationName: 'Microsoft.KeyVault/vaults/write',
        resourceProvider: 'Microsoft.KeyVault',
        status: 'Succeeded',
        subscriptionId,
        tenantId: world.entra.tenantId,
        authorization: {
          action: 'Microsoft.KeyVault/vaults/write',
          evidence: { role: 'Owner', principalId: owner.objectId.replaceAll('-', ''), principalType: 'User' },
        },
        claims: { name: 'owner' },
        correlationId: expect.any(String),
        httpRequest: { method: 'PATCH' },
      },
    });
    expect(lower(event?.['subject'])).toBe(lower(vault.id));
    expect(lower(event?.data['resourceUri'])).toBe(lower(vault.id));
    expect(JSON.stringify(event)).not.toContain('nobody shall see this');
  });

  it('leaves the request out when the resource is new', async () => {
    const { arm, events, world } = await aHearer();
    const properties = { tenantId: world.entra.tenantId, sku: { family: 'A' as const, name: 'standard' as const } };
    await arm.vaults.createOrUpdate('data', 'another', { location: 'koreacentral', properties });
    const [event] = await events();
    expect(event?.data['httpRequest']).toBeUndefined();
  });

  it('tells of a failure, and of a deletion', async () => {
    const { arm, events } = await aHearer();
    await expect(
      arm.vaults.update('data', VAULT, { properties: { createMode: 'default', enableSoftDelete: false } }),
    ).rejects.toThrow();
    await arm.vaults.delete('data', VAULT);
    // In no order: each comes over a socket of its own.
    expect((await events()).map(({ eventType }) => eventType).toSorted()).toEqual([
      'Microsoft.Resources.ResourceDeleteSuccess',
      'Microsoft.Resources.ResourceWriteFailure',
    ]);
  });

  it('tells of an action with the resource that it was done to', async () => {
    const { compute, events, world, advance } = await aHearer();
    const machine = world.compute.addMachine({ subscription: subscriptionId, group: 'data', name: 'vm-1' });
    await compute.virtualMachines.deallocate('data', 'vm-1').submitted();
    await advance(MINUTE);
    const [event] = await events();
    expect(event).toMatchObject({
      eventType: 'Microsoft.Resources.ResourceActionSuccess',
      data: { operationName: 'Microsoft.Compute/virtualMachines/deallocate/action' },
    });
    expect(lower(event?.['subject'])).toBe(lower(machine.id));
  });

  it('tells of a long operation when it is over, once', async () => {
    const { resources, events, advance, world } = await aHearer();
    world.mysql.addSingleServer({ subscription: subscriptionId, group: 'data', name: 'orders' });
    const id = `${scope}/resourceGroups/data/providers/Microsoft.DBforMySQL/servers/orders`;
    await resources.beginUpdateById(id, '2017-12-01', { tags: { team: 'shop' } });
    expect(await events()).toEqual([]);
    await advance(MINUTE);
    expect((await events()).map(({ data }) => data['operationName'])).toEqual(['Microsoft.DBforMySQL/servers/write']);
  });

  it('says nothing of reads, nor of the data plane', async () => {
    const { arm, keys, events } = await aHearer();
    await arm.vaults.get('data', VAULT);
    await keys.createRsaKey('cmk');
    expect(await events()).toEqual([]);
  });

  it('spells ids in more than one way', async () => {
    const { arm, events } = await aHearer();
    for (let n = 0; n < 12; n++) await arm.vaults.update('data', VAULT, { tags: { n: String(n) } });
    const spellings = (await events()).map(({ subject }) => /resourceGroups/i.exec(String(subject))?.[0]);
    expect(new Set(spellings)).toEqual(new Set(['resourceGroups', 'resourcegroups']));
  });

  it('is understood by @azure/eventgrid, in both schemas', async () => {
    const deserializer = new EventGridDeserializer();
    const grid = await aHearer();
    await grid.arm.vaults.update('data', VAULT, { tags: {} });
    const [first] = await deserializer.deserializeEventGridEvents(JSON.stringify(await grid.events()));
    expect(first && isSystemEvent('Microsoft.Resources.ResourceWriteSuccess', first)).toBe(true);
    const cloudy = await aHearer('CloudEventSchemaV1_0');
    await cloudy.arm.vaults.update('data', VAULT, { tags: {} });
    const [second] = await deserializer.deserializeCloudEvents(JSON.stringify((await cloudy.events())[0]));
    expect(second).toMatchObject({ source: scope, data: { status: 'Succeeded' } });
  });

  it('a copy made by hand is told of like any write', async () => {
    const { cloud, world, events } = await aHearer();
    world.mysql.addSingleServer({ subscription: subscriptionId, group: 'data', name: 'orders' });
    const body = JSON.stringify({ server: 'orders', name: 'orders-copy' });
    await fetch(`${cloud.control}/break/restore-server`, { method: 'POST', body });
    const [event] = await events();
    expect(lower(event?.['subject'])).toContain('/servers/orders-copy');
    expect(event?.data['operationName']).toBe('Microsoft.DBforMySQL/servers/write');
  });
});

describe('a system topic, as a resource', () => {
  const id = `${scope}/resourceGroups/data/providers/Microsoft.EventGrid/systemTopics/writes`;
  const version = '2025-02-15';
  const topic = { location: 'global', properties: { source: scope, topicType: 'Microsoft.Resources.Subscriptions' } };

  it('writes dead letters as itself, where it has an identity that may write there', async () => {
    const webhook = await aWebhook({ behaviour: { notify: () => ({ status: 400 }) } });
    const { world, arm, cloud, receiver, advance } = { ...webhook, arm: webhook.armAs(named(webhook.cloud, 'owner')) };
    const { resources } = new ResourceManagementClient(
      credentialOf(cloud, named(cloud, 'owner')),
      subscriptionId,
      throughProxy(cloud),
    );
    const account = `${scope}/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/stdead`;
    const deadLetterDestination = {
      endpointType: 'StorageBlob',
      properties: { resourceId: account, blobContainerName: 'dead' },
    };
    const properties = {
      destination: { endpointType: 'WebHook', properties: { endpointUrl: receiver.url } },
      deadLetterWithResourceIdentity: { identity: { type: 'SystemAssigned' }, deadLetterDestination },
    };
    const subscribe = () =>
      resources.beginCreateOrUpdateById(`${id}/eventSubscriptions/guardian`, version, { properties });
    const fail = async () => {
      await arm.vaults.update('data', VAULT, { tags: {} });
      await advance(10 * MINUTE);
      return world.eventGrid.deadLetterBlobs().length;
    };
    await resources.beginCreateOrUpdateById(id, version, topic);
    await expect(subscribe()).rejects.toMatchObject({ code: 'InvalidRequest' });
    await resources.beginCreateOrUpdateById(id, version, { ...topic, identity: { type: 'SystemAssigned' } });
    const principalId = world.entra.managedIdentity(id)?.objectId ?? '';
    expect(await resources.getById(id, version)).toMatchObject({ identity: { type: 'SystemAssigned', principalId } });
    await subscribe();
    await advance(MINUTE);
    expect(await resources.getById(`${id}/eventSubscriptions/guardian`, version)).toMatchObject({
      properties: { deadLetterWithResourceIdentity: properties.deadLetterWithResourceIdentity },
    });
    expect(await fail()).toBe(0);
    const container = `${account}/blobServices/default/containers/dead`;
    world.rbac.assign({ scope: container, role: 'Storage Blob Data Contributor', principalId });
    expect(await fail()).toBe(1);
  });

  it('carries event subscriptions, which go with it', async () => {
    const { resources, receiver, world, arm, advance } = await aHearer();
    world.eventGrid.unsubscribe(scope, NAME);
    await resources.beginCreateOrUpdateById(id, version, topic);
    const properties = {
      destination: { endpointType: 'WebHook', properties: { endpointUrl: receiver.url } },
      filter: { includedEventTypes: ['Microsoft.Resources.ResourceWriteSuccess'], subjectBeginsWith: scope },
    };
    await resources.beginCreateOrUpdateById(`${id}/eventSubscriptions/guardian`, version, { properties });
    await advance(MINUTE);
    expect(await resources.getById(`${id}/eventSubscriptions/guardian`, version)).toMatchObject({
      id: `${id}/eventSubscriptions/guardian`,
      properties: { provisioningState: 'Succeeded', topic: scope },
    });
    await arm.vaults.update('data', VAULT, { tags: {} });
    await advance(0);
    expect(receiver.events().length).toBeGreaterThan(0);
    await resources.beginDeleteById(id, version);
    expect(world.eventGrid.subscriptions()).toEqual([]);
  });

  it('is refused for what is no source, and a second time for the same source', async () => {
    const { resources } = await aHearer();
    const wrong = { ...topic, properties: { ...topic.properties, topicType: 'Microsoft.KeyVault.vaults' } };
    await expect(resources.beginCreateOrUpdateById(id, version, wrong)).rejects.toMatchObject({
      code: 'InvalidRequest',
    });
    await resources.beginCreateOrUpdateById(id, version, topic);
    await expect(resources.beginCreateOrUpdateById(`${id}-2`, version, topic)).rejects.toMatchObject({
      code: 'InvalidRequest',
    });
  });
});
