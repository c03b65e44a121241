import { AzureError } from '../arm/error.ts';
import { page } from '../arm/page.ts';
import { sameId } from '../arm/resource-id.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import { CUSTOM_TOPIC_TYPE } from './custom-topics.ts';
import type { EventGrid } from './event-grid.ts';
import type { EventSubscription } from './event-subscription.ts';
import { refuseUnwritable } from './refuse-unwritable.ts';
import { subscriptionBody } from './subscription-body.ts';
import { subscriptionSpec } from './subscription-request.ts';
import type { SystemTopic } from './system-topics.ts';
import { GRID_VERSIONS, topicIn } from './topic-routes.ts';

const VAULT = '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.KeyVault/vaults/{vault}';
const TOPIC = '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.EventGrid/systemTopics/{topic}';
const CUSTOM_TOPIC = `/subscriptions/{subscription}/resourceGroups/{group}/providers/${CUSTOM_TOPIC_TYPE}/{topic}`;
const EXTENSION = 'providers/Microsoft.EventGrid/eventSubscriptions';

/** A place for event subscriptions: the path of their list, the namespace of its actions, and the source of their events. */
type Place = { list: string; actions: string; sourceOf(call: Call): string; topicOf?(call: Call): SystemTopic };

const nameOf = ({ params }: Call) => params['name'] ?? '';

/** The resource that a subscription extends. */
const extended = ({ path }: Call) => path.replace(/\/providers\/Microsoft\.EventGrid\/.*$/i, '');

/** As extensions of a vault, a custom topic or an Azure subscription, and below the system topic that stands for one. */
const places = (eventGrid: EventGrid): Place[] => [
  { list: `${VAULT}/${EXTENSION}`, actions: 'Microsoft.EventGrid/eventSubscriptions', sourceOf: extended },
  { list: `${CUSTOM_TOPIC}/${EXTENSION}`, actions: 'Microsoft.EventGrid/eventSubscriptions', sourceOf: extended },
  {
    list: `/subscriptions/{subscription}/${EXTENSION}`,
    actions: 'Microsoft.EventGrid/eventSubscriptions',
    sourceOf: extended,
  },
  {
    list: `${TOPIC}/eventSubscriptions`,
    actions: 'Microsoft.EventGrid/systemTopics/eventSubscriptions',
    sourceOf: (call) => topicIn(eventGrid, call).source,
    topicOf: (call) => topicIn(eventGrid, call),
  },
];

/** The part of a world that event subscriptions need; `hasTopic` says whether the resource of an ARM id has events. */
export type GridWorld = Pick<World, 'rbac' | 'entra'> & { eventGrid: EventGrid; hasTopic(scope: string): boolean };

/** Event subscriptions, by ARM. */
export const eventSubscriptionRoutes = (world: GridWorld): Route[] =>
  places(world.eventGrid).flatMap((place) => routesAt(world, place));

const body = (subscription: EventSubscription, id: string, type: string) => ({
  ...subscriptionBody(subscription),
  id,
  type,
});

const idOf = ({ path }: Call) => path.replace(/\/$/, '');

const routesAt = (world: GridWorld, place: Place): Route[] => {
  const { eventGrid } = world;
  const { list, actions, sourceOf } = place;
  const one = `${list}/{name}`;
  const route = (method: string, path: string, action: string, handle: (call: Call) => Answer): Route => ({
    plane: 'arm',
    method,
    path,
    apiVersions: GRID_VERSIONS,
    action: `${actions}/${action}`,
    handle,
  });
  const find = (call: Call) => subscriptionIn(eventGrid, place, call);
  return [
    route('GET', list, 'read', (call) => {
      const own = eventGrid.subscriptions().filter(({ scope }) => sameId(scope, sourceOf(call)));
      return page(
        call,
        own.map((each) => body(each, `${idOf(call)}/${each.name}`, actions)),
      );
    }),
    route('GET', one, 'read', (call) => ({ status: 200, body: body(find(call), idOf(call), actions) })),
    route('PUT', one, 'write', (call) => put(world, place, call)),
    route('DELETE', one, 'delete', (call) => ({
      status: eventGrid.unsubscribe(sourceOf(call), nameOf(call)) ? 200 : 204,
    })),
    {
      ...route('POST', `${one}/getFullUrl`, 'getFullUrl/action', (call) => ({
        status: 200,
        body: { endpointUrl: find(call).endpointUrl },
      })),
      readsOnly: true,
    },
  ];
};

const subscriptionIn = (eventGrid: EventGrid, { actions, sourceOf }: Place, call: Call): EventSubscription => {
  const found = eventGrid.subscription(sourceOf(call), nameOf(call));
  if (found) return found;
  const message = `The Resource '${actions}/${nameOf(call)}' at '${sourceOf(call)}' was not found.`;
  throw new AzureError(404, 'ResourceNotFound', message);
};

/** The endpoint is validated after the answer: clients poll `provisioningState`. */
const put = (world: GridWorld, place: Place, call: Call): Answer => {
  const source = place.sourceOf(call);
  if (!world.hasTopic(source)) throw new AzureError(404, 'ResourceNotFound', `The Resource '${source}' was not found.`);
  const topic = place.topicOf?.(call);
  const spec = subscriptionSpec(source, nameOf(call), call.body, topic?.hasIdentity ? topic.id : undefined);
  refuseUnwritable(world, call, spec.resource);
  return { status: 201, body: body(world.eventGrid.beginSubscribe(spec), idOf(call), place.actions) };
};
