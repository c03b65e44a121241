import { ResourceManagementClient } from '@azure/arm-resources';
import { describe, expect, it } from 'vitest';
import { productId } from '../../../../local/cloud/worlds/product.ts';
import { DAY, MINUTE, VAULT } from '../key-vault/vault-cloud.ts';
import { credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';
import { aSubscribedVault, aWebhook, NAME, NEW } from './grid.ts';

const failed = expect.objectContaining({ code: 'Url validation' });

describe('the endpoint of a subscription', () => {
  it('proves itself by giving back the code, and hears events from then on', async () => {
    const { receiver, world, vault, advance } = await aSubscribedVault();
    expect(receiver.received).toMatchObject([
      {
        method: 'POST',
        headers: { 'aeg-event-type': 'SubscriptionValidation' },
        events: [{ eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent', topic: vault.id }],
      },
    ]);
    world.keyVault.createKey(VAULT, 'cmk');
    await advance(0);
    expect(receiver.events()).toHaveLength(1);
  });

  it.each([
    ['another code', () => ({ status: 200, body: JSON.stringify({ validationResponse: 'guess' }) })],
    [
      '202, however right its code',
      (code: string) => ({ status: 202, body: JSON.stringify({ validationResponse: code }) }),
    ],
    ['no body', () => ({ status: 200 })],
    ['what is not JSON', (code: string) => ({ status: 200, body: code })],
    ['401', () => ({ status: 401 })],
    ['nothing, hanging up', () => 'hang up' as const],
  ])('that answers %s gets no events', async (_, validate) => {
    const { subscribe, receiver, world, advance } = await aWebhook({ behaviour: { validate } });
    await expect(subscribe()).rejects.toEqual(failed);
    world.keyVault.createKey(VAULT, 'cmk');
    await advance(MINUTE);
    expect(receiver.events()).toEqual([]);
  });

  it('that does not answer is asked once more, then given up', async () => {
    const { subscribe, receiver, advance, later } = await aWebhook({ behaviour: { validate: () => 'never' } });
    const start = later(0).getTime();
    const outcome = expect(subscribe()).rejects.toEqual(failed);
    await advance(2 * MINUTE);
    await outcome;
    expect(receiver.received.map(({ at }) => at - start)).toEqual([0, 35_000]);
  });

  it('of CloudEvents that is a function gives back the code, since its extension does not know OPTIONS', async () => {
    const { subscribe, receiver, vault } = await aWebhook({ behaviour: { options: { status: 400 } } });
    const endpointUrl = new URL('/runtime/webhooks/eventgrid?functionName=hear', receiver.url).href;
    await expect(subscribe({ schema: 'CloudEventSchemaV1_0', endpointUrl })).resolves.toMatchObject({
      provisioningState: 'Succeeded',
    });
    expect(receiver.received).toMatchObject([
      { method: 'POST', events: [{ specversion: '1.0', source: vault.id, data: expect.any(String) }] },
    ]);
  });

  it('of CloudEvents is asked by OPTIONS which origin it allows', async () => {
    const { receiver } = await aSubscribedVault({ subscription: { schema: 'CloudEventSchemaV1_0' } });
    expect(receiver.received).toMatchObject([
      { method: 'OPTIONS', headers: { 'webhook-request-origin': 'eventgrid.azure.net' } },
    ]);
    for (const options of [
      { status: 200 },
      { status: 405 },
      { status: 200, headers: { 'webhook-allowed-origin': 'contoso.com' } },
    ]) {
      const { subscribe } = await aWebhook({ behaviour: { options } });
      await expect(subscribe({ schema: 'CloudEventSchemaV1_0' })).rejects.toEqual(failed);
    }
  });

  it('must be on this machine and the subscription on a source of events', async () => {
    const { subscribe, vault } = await aWebhook();
    await expect(subscribe({ endpointUrl: 'https://contoso.com/events' })).rejects.toThrow('http://127.0.0.1');
    await expect(subscribe({ scope: vault.id.replace(/\/providers.*/, '') })).rejects.toThrow(
      'vaults, subscriptions and custom topics',
    );
    const values = Array.from({ length: 26 }, (_, n) => `Microsoft.Contoso/things-${n}/`);
    const advancedFilters = [{ operatorType: 'StringBeginsWith' as const, key: 'data.operationName', values }];
    await expect(subscribe({ filter: { advancedFilters } })).rejects.toThrow('may have 25');
    await expect(subscribe({ maxEventsPerBatch: 0 })).rejects.toThrow('maxEventsPerBatch must be between 1 and 5000');
  });
});

describe('event subscriptions on the control plane', () => {
  const asOwner = async (behaviour = {}) => {
    const webhook = await aWebhook({ behaviour });
    const credential = credentialOf(webhook.cloud, named(webhook.cloud, 'owner'));
    const { resources } = new ResourceManagementClient(credential, subscriptionId, throughProxy(webhook.cloud));
    const id = `${webhook.vault.id}/providers/Microsoft.EventGrid/eventSubscriptions/${NAME}`;
    const properties = {
      destination: { endpointType: 'WebHook', properties: { endpointUrl: webhook.receiver.url } },
      filter: { includedEventTypes: [NEW] },
      eventDeliverySchema: 'CloudEventSchemaV1_0',
      retryPolicy: { maxDeliveryAttempts: 5, eventTimeToLiveInMinutes: 60 },
    };
    return { ...webhook, resources, id, properties };
  };

  const FAST = { updateIntervalInMs: 1 };

  it.each(['2022-06-15', '2025-02-15'])('are made, read and deleted with api-version %s', async (version) => {
    const { resources, id, properties, receiver, world, advance } = await asOwner();
    const made = await resources.createOrUpdateById(id, version, { properties }, FAST);
    expect(made).toMatchObject({
      id,
      properties: {
        provisioningState: 'Succeeded',
        destination: { properties: { endpointBaseUrl: receiver.url.replace(/\?.*/, '') } },
        eventDeliverySchema: 'CloudEventSchemaV1_0',
        retryPolicy: { maxDeliveryAttempts: 5, eventTimeToLiveInMinutes: 60 },
      },
    });
    expect(await resources.getById(id, version)).toEqual(made);
    world.keyVault.createKey(VAULT, 'cmk');
    await advance(0);
    expect(receiver.events()).toMatchObject([{ type: NEW }]);
    await resources.deleteById(id, version, FAST);
    await expect(resources.getById(id, version)).rejects.toMatchObject({ statusCode: 404, code: 'ResourceNotFound' });
  });

  it('fail when the endpoint does not prove itself', async () => {
    const { resources, id, properties } = await asOwner({ options: { status: 405 } });
    await expect(resources.createOrUpdateById(id, '2025-02-15', { properties }, FAST)).rejects.toBeDefined();
    const { properties: read } = await resources.getById(id, '2025-02-15');
    expect(read).toMatchObject({ provisioningState: 'Failed' });
  });

  it('that change their endpoint keep the old one until the new one has proven itself', async () => {
    const { resources, id, properties, receiver, subscribe, world, advance } = await asOwner();
    await subscribe();
    const destination = { endpointType: 'WebHook', properties: { endpointUrl: 'http://127.0.0.1:9/nobody' } };
    const changed = resources.createOrUpdateById(
      id,
      '2025-02-15',
      { properties: { ...properties, destination } },
      FAST,
    );
    await expect(changed).rejects.toBeDefined();
    world.keyVault.createKey(VAULT, 'cmk');
    await advance(0);
    expect(receiver.events()).toHaveLength(1);
  });

  it('are refused with every fault named', async () => {
    const { resources, id } = await asOwner();
    const properties = { destination: { endpointType: 'EventHub', properties: {} }, eventDeliverySchema: 'Other' };
    const made = resources.createOrUpdateById(id, '2025-02-15', { properties }, FAST);
    await expect(made).rejects.toMatchObject({
      statusCode: 400,
      code: 'InvalidRequest',
      message: expect.stringMatching(/endpointType: only WebHook.*eventDeliverySchema/),
    });
  });

  it('belong to those who may write them', async () => {
    const { cloud, id, properties } = await asOwner();
    const credential = credentialOf(cloud, named(cloud, 'requester'));
    const { resources } = new ResourceManagementClient(credential, subscriptionId, throughProxy(cloud));
    const made = resources.createOrUpdateById(id, '2025-02-15', { properties }, FAST);
    await expect(made).rejects.toMatchObject({ statusCode: 403, code: 'AuthorizationFailed' });
  });

  const functionId = `${productId}/functions/hear`;
  const toFunction = { destination: { endpointType: 'AzureFunction', properties: { resourceId: functionId } } };

  it('may end at a function, which needs not prove itself, and show its id', async () => {
    const { resources, id, receiver, world, advance } = await asOwner({ options: { status: 405 } });
    world.eventGrid.functions.runsAt(functionId, receiver.url);
    await resources.createOrUpdateById(id, '2025-02-15', { properties: toFunction }, FAST);
    const { properties } = await resources.getById(id, '2025-02-15');
    expect(properties).toMatchObject(toFunction);
    world.keyVault.createKey(VAULT, 'cmk');
    await advance(0);
    expect(receiver.events()).toMatchObject([{ eventType: NEW }]);
  });

  it('are refused where there is no such function', async () => {
    const { resources, id } = await asOwner();
    await expect(
      resources.createOrUpdateById(id, '2025-02-15', { properties: toFunction }, FAST),
    ).rejects.toMatchObject({ statusCode: 400, message: expect.stringContaining('Destination endpoint not found') });
  });

  it('may end at a queue, by who may write to it', async () => {
    const { cloud, product, resources, id, world, advance } = await asOwner();
    const resourceId = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/logs`;
    const destination = { endpointType: 'StorageQueue', properties: { resourceId, queueName: 'keys' } };
    const others = new ResourceManagementClient(credentialOf(cloud, product), subscriptionId, throughProxy(cloud));
    await expect(
      others.resources.createOrUpdateById(id, '2025-02-15', { properties: { destination } }, FAST),
    ).rejects.toMatchObject({ statusCode: 403, code: 'LinkedAuthorizationFailed' });
    await resources.createOrUpdateById(id, '2025-02-15', { properties: { destination } }, FAST);
    world.keyVault.createKey(VAULT, 'cmk');
    await advance(0);
    expect(world.eventGrid.deliveries(world.keyVault.vault(VAULT)?.id ?? '', NAME)?.delivered()).toBe(1);
    expect((await resources.getById(id, '2025-02-15')).properties).toMatchObject({ destination });
  });
});

describe('the verb send-event', () => {
  it('delivers what it is given as often as it is told', async () => {
    const { cloud, receiver, advance } = await aSubscribedVault();
    const verb = cloud.azure.services.flatMap(({ breaks }) => breaks).find(({ name }) => name === 'send-event');
    const event = { id: 'odd', eventType: 'Microsoft.KeyVault.KeyExpired', data: { vaultname: 'CONTOSO' } };
    await verb?.run({ subscription: NAME, event, times: 20 });
    await advance(DAY);
    expect(receiver.events()).toEqual(Array.from({ length: 20 }, () => event));
  });
});
