import { guid } from '../draw.ts';
import type { World } from '../room.ts';
import { gridTime } from './event-schema.ts';
import type { EventSubscription } from './event-subscription.ts';
import { type Exchange, exchange } from './post.ts';

const ORIGIN = 'eventgrid.azure.net';

/** The custom headers that go with every request to the endpoint. */
export const customHeaders = ({ headers }: EventSubscription): Record<string, string> =>
  Object.fromEntries(headers.map(({ name, value }) => [name, value]));

/** Abuse protection of CloudEvents webhooks: OPTIONS, answered with our origin or `*`. */
const allowsOrigin = async (world: World, subscription: EventSubscription): Promise<boolean> => {
  const headers = { 'WebHook-Request-Origin': ORIGIN, ...customHeaders(subscription) };
  const answer = await exchange(world.clock, { method: 'OPTIONS', url: subscription.endpointUrl, headers });
  const allowed = String(answer.headers['webhook-allowed-origin'] ?? '').toLowerCase();
  return isOk(answer) && (allowed === '*' || allowed === ORIGIN);
};

const isOk = ({ outcome }: Exchange) => 'status' in outcome && outcome.status === 200;

const validationEvent = (world: World, { name, scope }: EventSubscription, code: string) => ({
  id: guid(world.seed, 'validation', name, code),
  topic: scope,
  subject: '',
  data: {
    validationCode: code,
    validationUrl: `https://rp-koreacentral.eventgrid.azure.net:553/eventsubscriptions/${name}/validate?id=${code}`,
  },
  eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
  eventTime: gridTime(world.clock.now()),
  metadataVersion: '1',
  dataVersion: '2',
});

const echoed = (text: string): unknown => {
  try {
    return (JSON.parse(text) as { validationResponse?: unknown } | null)?.validationResponse;
  } catch {
    return undefined;
  }
};

/** The code goes there as an event and must come back with 200; 202 is not enough. A timeout is tried once more after 5 s. */
const echoesCode = async (world: World, subscription: EventSubscription, retries = 1): Promise<boolean> => {
  const code = guid(world.seed, 'code', subscription.scope, subscription.name, world.clock.now());
  const answer = await exchange(world.clock, {
    method: 'POST',
    url: subscription.endpointUrl,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'aeg-event-type': 'SubscriptionValidation',
      'aeg-subscription-name': subscription.name.toUpperCase(),
      'aeg-metadata-version': '1',
      'aeg-data-version': '2',
      'aeg-delivery-count': '0',
      ...customHeaders(subscription),
    },
    body: JSON.stringify([validationEvent(world, subscription, code)]),
  });
  const isTimeout = 'failure' in answer.outcome && answer.outcome.failure === 'timeout';
  if (!isTimeout || retries === 0) return isOk(answer) && echoed(answer.text) === code;
  await new Promise<void>((resolve) => world.clock.setTimeout(resolve, 5_000));
  return echoesCode(world, subscription, retries - 1);
};

/** Whether the endpoint proves that it wants the events (Event Grid, endpoint validation, for each schema). */
export const validates = (world: World, subscription: EventSubscription): Promise<boolean> =>
  subscription.schema === 'EventGridSchema' ? echoesCode(world, subscription) : allowsOrigin(world, subscription);
