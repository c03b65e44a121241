import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { page } from '../arm/page.ts';
import { readBody } from '../arm/read-body.ts';
import { resourceId, sameId } from '../arm/resource-id.ts';
import type { Principal } from '../entra/entra.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import type { EventGrid } from './event-grid.ts';
import type { SystemTopic } from './system-topics.ts';

export const TOPIC_TYPE = 'Microsoft.EventGrid/systemTopics';
const LIST = `/subscriptions/{subscription}/resourceGroups/{group}/providers/${TOPIC_TYPE}`;

export const GRID_VERSIONS = ['2025-02-15', '2022-06-15', '2021-10-15-preview'];

const PUT = z.object({
  location: z.string(),
  tags: z.record(z.string(), z.string()).optional(),
  identity: z.object({ type: z.enum(['None', 'SystemAssigned']) }).optional(),
  properties: z.object({ source: z.string(), topicType: z.string() }),
});

const idOf = ({ params: { subscription = '', group = '', topic = '' } }: Call) =>
  resourceId({ subscription, group, type: TOPIC_TYPE, name: topic });

/** The system topic that a path names, or 404. */
export const topicIn = (eventGrid: EventGrid, call: Call): SystemTopic => {
  const found = eventGrid.topics.get(idOf(call));
  if (found) return found;
  throw new AzureError(404, 'ResourceNotFound', `The Resource '${TOPIC_TYPE}/${call.params['topic']}' was not found.`);
};

const ownIdentity = (principal: Principal | undefined) => ({
  type: 'SystemAssigned',
  principalId: principal?.objectId,
  tenantId: principal?.tenantId,
});

/** A system topic as ARM shows it (Microsoft.EventGrid/systemTopics, 2025-02-15). */
const topicBody = (
  { entra }: Pick<World, 'entra'>,
  { id, name, location, tags, source, topicType, hasIdentity }: SystemTopic,
) => ({
  id,
  name,
  type: TOPIC_TYPE,
  location,
  tags,
  ...(hasIdentity && { identity: ownIdentity(entra.managedIdentity(id)) }),
  properties: { source, topicType, provisioningState: 'Succeeded' },
});

/** `hasTopic` says whether the resource of an ARM id has events. */
type TopicWorld = Pick<World, 'entra'> & { eventGrid: EventGrid; hasTopic(source: string): boolean };

/** System topics: a resource that stands for a source, whose event subscriptions are those of the source. */
export const topicRoutes = (world: TopicWorld): Route[] => {
  const { eventGrid, entra } = world;
  const shown = (topic: SystemTopic) => topicBody(world, topic);
  const route = (method: string, path: string, action: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path,
    apiVersions: GRID_VERSIONS,
    action: `${TOPIC_TYPE}/${action}`,
    handle,
  });
  return [
    route('GET', LIST, 'read', (call) => {
      const prefix = `${idOf(call)}`.toLowerCase();
      return page(
        call,
        eventGrid.topics
          .all()
          .filter(({ id }) => id.toLowerCase().startsWith(prefix))
          .map(shown),
      );
    }),
    route('GET', `/subscriptions/{subscription}/providers/${TOPIC_TYPE}`, 'read', (call) => {
      const prefix = `/subscriptions/${call.params['subscription']}/`.toLowerCase();
      const own = eventGrid.topics.all().filter(({ id }) => id.toLowerCase().startsWith(prefix));
      return page(call, own.map(shown));
    }),
    route('GET', `${LIST}/{topic}`, 'read', (call) => ({ status: 200, body: shown(topicIn(eventGrid, call)) })),
    route('PUT', `${LIST}/{topic}`, 'write', (call) => putTopic(world, call)),
    route('DELETE', `${LIST}/{topic}`, 'delete', (call) => {
      const topic = eventGrid.topics.get(idOf(call));
      if (!topic) return { status: 204 };
      eventGrid.removeTopic(topic);
      if (topic.hasIdentity) entra.deleteIdentity(topic.id);
      return { status: 200 };
    }),
  ];
};

/** One topic for each source, as in Azure. */
const putTopic = (world: TopicWorld, call: Call): Answer => {
  const { eventGrid, entra, hasTopic } = world;
  const { location, tags = {}, identity, properties } = readBody(PUT, call.body);
  checkSource(properties, hasTopic);
  const id = idOf(call);
  const taken = eventGrid.topics.all().find((each) => sameId(each.source, properties.source) && !sameId(each.id, id));
  if (taken)
    throw new AzureError(400, 'InvalidRequest', `Only one system topic is allowed per source; there is '${taken.id}'.`);
  const hasIdentity = identity?.type === 'SystemAssigned';
  if (hasIdentity) entra.createSystemIdentity(id);
  else if (eventGrid.topics.get(id)?.hasIdentity) entra.deleteIdentity(id);
  const topic = { id, name: call.params['topic'] ?? '', location, tags, ...properties, hasIdentity };
  return { status: 201, body: topicBody(world, eventGrid.topics.put(topic)) };
};

const TYPES = [
  { pattern: /^\/subscriptions\/[^/]+$/i, topicType: 'microsoft.resources.subscriptions' },
  { pattern: /\/providers\/Microsoft\.KeyVault\/vaults\/[^/]+$/i, topicType: 'microsoft.keyvault.vaults' },
];

const checkSource = (
  { source, topicType }: { source: string; topicType: string },
  hasTopic: (source: string) => boolean,
) => {
  const known = TYPES.find(({ pattern }) => pattern.test(source));
  if (known?.topicType === topicType.toLowerCase() && hasTopic(source)) return;
  throw new AzureError(
    400,
    'InvalidRequest',
    `'${source}' is no source for the topic type '${topicType}'; simulated are Microsoft.Resources.Subscriptions and Microsoft.KeyVault.vaults.`,
  );
};
