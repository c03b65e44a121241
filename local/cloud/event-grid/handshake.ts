import { guid } from '../draw.ts';
import type { World } from '../service.ts';
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
  const answer = await exchange(world, { method: 'OPTIONS', url: subscription.endpointUrl, headers });
  const allowed = String(answer.headers['webhook-allowed-origin'] ?? '').toLowerCase();
  return isOk(answer) && (allowed === '*' || allowed === ORIGIN);
};

const isOk = ({ outcome }: Exchange) => 'status' in outcome && outcome.status === 200;

const TYPE = 'Microsoft.EventGrid.SubscriptionValidationEvent';

/** An array in Event Grid's schema; as a CloudEvent one object whose data is JSON text. */
const validationBody = (world: World, { name, scope, schema }: EventSubscription, code: string): unknown => {
  const common = { id: guid(world.seed, 'validation', name, code), subject: '' };
  const time = gridTime(world.clock.now());
  const validationUrl = `https://rp-koreacentral.eventgrid.azure.net:553/eventsubscriptions/${name}/validate?id=${code}`;
  const data = { validationCode: code, validationUrl };
  if (schema === 'CloudEventSchemaV1_0')
    return { ...common, source: scope, type: TYPE, time, specversion: '1.0', data: JSON.stringify(data) };
  return [{ ...common, topic: scope, eventType: TYPE, eventTime: time, metadataVersion: '1', dataVersion: '2', data }];
};

const echoed = (text: string): unknown => {
  try {
    return (JSON.parse(text) as { validationResponse?: unknown } | null)?.validationResponse;
  } catch {
    return undefined;
  }
};

/**
 * The endpoint gets the code as an event and must answer it with 200; 202 is not enough. A timeout is tried once more after 5 s.
 */
const echoesCode = async (world: World, subscription: EventSubscription, retries = 1): Promise<boolean> => {
  const code = guid(world.seed, 'code', subscription.scope, subscription.name, world.clock.now());
  const answer = await exchange(world, {
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
    body: JSON.stringify(validationBody(world, subscription, code)),
  });
  const isTimeout = 'failure' in answer.outcome && answer.outcome.failure === 'timeout';
  if (!isTimeout || retries === 0) return isOk(answer) && echoed(answer.text) === code;
  await new Promise<void>((resolve) => world.clock.setTimeout(resolve, 5_000));
  return echoesCode(world, subscription, retries - 1);
};

/** The webhook of the Functions extension, which does not know OPTIONS: Event Grid asks it for the code in both schemas. */
const isFunction = ({ endpointUrl }: EventSubscription): boolean =>
  new URL(endpointUrl).pathname.toLowerCase() === '/runtime/webhooks/eventgrid';

/**
 * Whether the endpoint proves that it wants the events (Event Grid, endpoint validation, for each schema). Resources of Azure
 * need no proof: a caller that may write to them may send them events.
 */
export const validates = async (world: World, subscription: EventSubscription): Promise<boolean> => {
  if (subscription.resource) return true;
  return subscription.schema === 'EventGridSchema' || isFunction(subscription)
    ? echoesCode(world, subscription)
    : allowsOrigin(world, subscription);
};
