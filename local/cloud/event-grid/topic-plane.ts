import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { failure } from '../arm/failure.ts';
import { apiVersionOf } from '../arm/find-route.ts';
import type { FullWorld } from '../create-world.ts';
import type { Verified, Verifier } from '../entra/verify-token.ts';
import { type Incoming, jsonBody } from '../incoming.ts';
import type { Plane } from '../plane.ts';
import type { Answer } from '../service.ts';
import type { CustomTopic } from './custom-topics.ts';

const AUDIENCES = ['https://eventgrid.azure.net', 'https://eventgrid.azure.net/'];
const VERSION = '2018-01-01';
const SEND = 'Microsoft.EventGrid/events/send/action';
/** "The maximum allowed size of an event is 1 MB", and so of a request. */
const MOST_BYTES = 1_048_576;

/** CloudEvents 1.0, JSON format: these are demanded, and names are lower-case letters and digits. */
const cloudEvent = z
  .looseObject({
    specversion: z.literal('1.0'),
    id: z.string().min(1),
    source: z.string().min(1),
    type: z.string().min(1),
    subject: z.string().optional(),
    time: z.iso.datetime({ offset: true }).optional(),
    dataschema: z.url().optional(),
    datacontenttype: z.string().optional(),
  })
  .check((checked) => {
    for (const name of Object.keys(checked.value))
      if (!/^([a-z0-9]+|data_base64)$/.test(name))
        checked.issues.push({ code: 'custom', message: `'${name}' is no name of an attribute`, input: name });
  });

const bad = (message: string) => new AzureError(400, 'BadRequest', message);

const eventsIn = (incoming: Incoming): Record<string, unknown>[] => {
  const type = incoming.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const isBatch = type === 'application/cloudevents-batch+json';
  if (!isBatch && type !== 'application/cloudevents+json')
    throw bad(`This resource is configured to receive events in the 'CloudEventV10' schema; '${type}' is none of it.`);
  if (Buffer.byteLength(incoming.text) > MOST_BYTES)
    throw new AzureError(413, 'RequestEntityTooLarge', `The maximum size (${MOST_BYTES}) has been exceeded.`);
  const parsed = z.array(cloudEvent).safeParse([jsonBody(incoming, 'BadRequest')].flat());
  if (!parsed.success)
    throw bad(`This resource is configured to receive events in the 'CloudEventV10' schema: ${parsed.error.message}`);
  return parsed.data;
};

/**
 * The refusal of the topic itself: a caller with a token and without the role gets 401 as well (azure-sdk-for-net, issue 22831).
 */
const unauthorized = (message: string) => new AzureError(401, 'Unauthorized', message);

const refuseStranger = ({ rbac }: FullWorld, verified: Verified, { id }: CustomTopic): void => {
  if (verified.kind === 'missing') throw unauthorized("Request must contain an 'Authorization' header.");
  if (verified.kind !== 'caller') throw unauthorized(`The access token is not accepted (${verified.kind}).`);
  const { objectId: principalId } = verified.caller;
  if (rbac.allows({ principalId, dataAction: SEND, scope: id })) return;
  throw unauthorized(
    `The principal associated with access token presented with the incoming request does not have permission to send data to ${id}.`,
  );
};

const take = (world: FullWorld, verified: Verified, incoming: Incoming): Answer => {
  const topic = world.eventGrid.customTopics.at(incoming.host);
  if (!topic) throw new AzureError(404, 'NotFound', `The topic at '${incoming.host}' was not found.`);
  refuseStranger(world, verified, topic);
  const version = apiVersionOf(incoming.query);
  if (version !== VERSION) throw bad(`The api-version '${version}' is not supported.`);
  for (const event of eventsIn(incoming)) world.eventGrid.publish(topic, event);
  return { status: 200 };
};

/** https://{topic}.{region}-1.eventgrid.azure.net/api/events: CloudEvents from callers with the role EventGrid Data Sender. */
export const createTopicPlane = (world: FullWorld, verify: Verifier): Plane => ({
  prepare: async (incoming) => {
    const verified = await verify(incoming.headers['authorization'], AUDIENCES);
    const isServed = incoming.method === 'POST' && incoming.path === '/api/events';
    if (!isServed) world.log(`not simulated: ${incoming.method} https://${incoming.host}${incoming.path}`);
    const work = async (): Promise<Answer> => (isServed ? take(world, verified, incoming) : { status: 405 });
    return {
      name: isServed ? `POST https://{topic}.eventgrid.azure.net/api/events` : 'not simulated',
      mutating: false,
      ...(verified.kind === 'caller' && { caller: verified.caller }),
      run: () => work().catch((error: unknown) => failure(error, world)),
    };
  },
});
