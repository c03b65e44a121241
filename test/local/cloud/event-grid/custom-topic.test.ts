import { ResourceManagementClient } from '@azure/arm-resources';
import { EventGridPublisherClient } from '@azure/eventgrid';
import { describe, expect, it } from 'vitest';
import { DAY, MINUTE, SECOND } from '../key-vault/vault-cloud.ts';
import { credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';
import { aWebhook, NAME } from './grid.ts';
import type { Behaviour } from './receiver.ts';

const TOPIC = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.EventGrid/topics/incidents`;
const ENDPOINT = 'https://incidents.koreacentral-1.eventgrid.azure.net/api/events';

const EVENT = {
  type: 'Contoso.Tested',
  source: '/contoso',
  subject: 'one',
  id: 'a-1',
  time: new Date('2026-11-22T00:00:00Z'),
  dataschema: 'urn:contoso:tested:1',
  data: { n: 1 },
};

/** A custom topic, a client that may send to it, and a webhook that gets its events. */
const aTopic = async ({ behaviour = {}, isHeard = true }: { behaviour?: Behaviour; isHeard?: boolean } = {}) => {
  const webhook = await aWebhook({ behaviour });
  const { cloud, world, receiver } = webhook;
  const owner = named(cloud, 'owner');
  const resources = new ResourceManagementClient(credentialOf(cloud, owner), subscriptionId, throughProxy(cloud));
  const put = (inputSchema: string) =>
    resources.resources.beginCreateOrUpdateByIdAndWait(TOPIC, '2025-02-15', {
      location: 'koreacentral',
      properties: { inputSchema },
    });
  const made = await put('CloudEventSchemaV1_0');
  const sender = world.entra.createServicePrincipal({ name: 'sender' });
  world.rbac.assign({ scope: TOPIC, role: 'EventGrid Data Sender', principalId: sender.objectId });
  const publisherAs = (principal: typeof sender) =>
    new EventGridPublisherClient(ENDPOINT, 'CloudEvent', credentialOf(cloud, principal), throughProxy(cloud));
  const destination = { resourceId: `${TOPIC}/storage`, blobContainerName: 'dead' };
  const hear = (schema?: 'EventGridSchema' | 'CloudEventSchemaV1_0') =>
    world.eventGrid.subscribe({
      name: NAME,
      scope: TOPIC,
      endpointUrl: receiver.url,
      deadLetterDestination: destination,
      schema,
    });
  if (isHeard) await hear();
  const blobs = () => world.eventGrid.deadLetterBlobs();
  return { ...webhook, put, made, sender, publisherAs, publisher: publisherAs(sender), hear, blobs, resources };
};

describe('a custom topic', () => {
  it('is made through Resource Manager, and says where events are sent', async () => {
    const { made, resources } = await aTopic({ isHeard: false });
    expect(made).toMatchObject({ type: 'Microsoft.EventGrid/topics', properties: { endpoint: ENDPOINT } });
    await resources.resources.beginDeleteByIdAndWait(TOPIC, '2025-02-15');
    await expect(resources.resources.getById(TOPIC, '2025-02-15')).rejects.toMatchObject({ statusCode: 404 });
  });

  it('takes CloudEvents from the client of @azure/eventgrid, and delivers them as they were sent', async () => {
    const { publisher, receiver, advance } = await aTopic();
    await publisher.send([EVENT, { ...EVENT, id: 'a-2', subject: 'two' }]);
    await advance(0);
    expect(receiver.received[0]).toMatchObject({
      method: 'OPTIONS',
      headers: { 'webhook-request-origin': 'eventgrid.azure.net' },
    });
    expect(receiver.notifications()[0]?.headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      origin: 'eventgrid.azure.net',
    });
    // Each event came over a socket of its own, so they arrive in any order.
    const byId = new Map(receiver.events().map((event) => [event['id'], event]));
    expect([...byId.keys()].toSorted()).toEqual(['a-1', 'a-2']);
    expect(byId.get('a-1')).toMatchObject({ ...EVENT, time: '2026-11-22T00:00:00.000Z', specversion: '1.0' });
    expect(byId.get('a-2')).toMatchObject({ subject: 'two' });
  });

  it('takes nothing from who has no role on it, nor without a token for Event Grid', async () => {
    const { publisherAs, world, cloud, receiver, advance } = await aTopic();
    const stranger = world.entra.createServicePrincipal({ name: 'stranger' });
    await expect(publisherAs(stranger).send([EVENT])).rejects.toMatchObject({
      statusCode: 401,
      code: 'Unauthorized',
      message: expect.stringContaining('does not have permission to send data to'),
    });
    const forArm = { getToken: () => credentialOf(cloud, stranger).getToken('https://management.azure.com/.default') };
    const client = new EventGridPublisherClient(ENDPOINT, 'CloudEvent', forArm, throughProxy(cloud));
    await expect(client.send([EVENT])).rejects.toMatchObject({ statusCode: 401 });
    await advance(MINUTE);
    expect(receiver.events()).toEqual([]);
  });

  it('refuses what is no CloudEvent, and another schema for what it takes or delivers', async () => {
    const { cloud, sender, put, hear } = await aTopic({ isHeard: false });
    const client = new EventGridPublisherClient(
      ENDPOINT,
      'EventGrid',
      credentialOf(cloud, sender),
      throughProxy(cloud),
    );
    const event = { eventType: 'Contoso.Tested', subject: 'one', dataVersion: '1', data: {} };
    await expect(client.send([event])).rejects.toMatchObject({ statusCode: 400 });
    await expect(put('EventGridSchema')).rejects.toMatchObject({ statusCode: 400 });
    await expect(hear('EventGridSchema')).rejects.toThrow(/delivers no other/);
  });

  it('is heard by no endpoint that does not answer the handshake', async () => {
    const { hear } = await aTopic({ isHeard: false, behaviour: { options: { status: 405 } } });
    await expect(hear()).rejects.toThrow(/validate the provided endpoint/);
    const other = await aTopic({
      isHeard: false,
      behaviour: { options: { status: 200, headers: { 'webhook-allowed-origin': 'contoso.com' } } },
    });
    await expect(other.hear()).rejects.toThrow(/validate the provided endpoint/);
  });

  it('sends again what an endpoint does not take', async () => {
    const { publisher, receiver, advance } = await aTopic({
      behaviour: { notify: (n) => ({ status: n < 2 ? 503 : 200 }) },
    });
    await publisher.send([EVENT]);
    await advance(DAY);
    expect(receiver.events().map(({ id }) => id)).toEqual(['a-1', 'a-1', 'a-1']);
  });

  it('puts what cannot be delivered into the container for dead letters, five minutes after the last try', async () => {
    const { publisher, advance, blobs } = await aTopic({ behaviour: { notify: () => ({ status: 403 }) } });
    await publisher.send([EVENT]);
    await advance(5 * MINUTE - SECOND);
    expect(blobs()).toEqual([]);
    await advance(2 * SECOND);
    expect(blobs()).toMatchObject([
      {
        blobContainerName: 'dead',
        name: expect.stringMatching(/^INCIDENTS\/GUARDIAN\/2026\/11\/22\/00\/.*\.json$/),
        content: [
          {
            id: 'a-1',
            data: { n: 1 },
            deadletterreason: 'NotRetriable',
            deliveryattempts: 1,
            lastdeliveryoutcome: '403',
          },
        ],
      },
    ]);
  });
});
