import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { page } from '../arm/page.ts';
import { readBody } from '../arm/read-body.ts';
import { resourceId } from '../arm/resource-id.ts';
import type { Call, Route } from '../service.ts';
import { CUSTOM_TOPIC_TYPE, type CustomTopic, TOPIC_REGION } from './custom-topics.ts';
import type { EventGrid } from './event-grid.ts';
import { GRID_VERSIONS } from './topic-routes.ts';

const LIST = `/subscriptions/{subscription}/resourceGroups/{group}/providers/${CUSTOM_TOPIC_TYPE}`;

/** Azure's default is its own schema; this cloud plays that of CloudEvents alone. */
const SCHEMA = 'CloudEventSchemaV1_0';

const PUT = z.object({
  location: z.literal(TOPIC_REGION, { error: `custom topics are simulated in ${TOPIC_REGION} alone` }),
  tags: z.record(z.string(), z.string()).optional(),
  properties: z.object({
    inputSchema: z.literal(SCHEMA, { error: `only topics whose inputSchema is ${SCHEMA} are simulated` }),
  }),
});

const placeIn = ({ params: { subscription = '', group = '', topic = '' } }: Call) => ({
  subscription,
  group,
  name: topic,
});

const idOf = (call: Call): string => resourceId({ ...placeIn(call), type: CUSTOM_TOPIC_TYPE });

/** A custom topic as ARM shows it (Microsoft.EventGrid/topics, 2025-02-15). */
export const customTopicBody = ({ id, name, location, tags, host }: CustomTopic) => ({
  id,
  name,
  type: CUSTOM_TOPIC_TYPE,
  location,
  tags,
  properties: {
    endpoint: `https://${host}/api/events`,
    inputSchema: SCHEMA,
    provisioningState: 'Succeeded',
    publicNetworkAccess: 'Enabled',
    disableLocalAuth: true,
  },
});

/** Custom topics. They take tokens alone: this cloud plays no keys. */
export const customTopicRoutes = (eventGrid: EventGrid): Route[] => {
  const { customTopics } = eventGrid;
  const route = (method: string, path: string, action: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path,
    apiVersions: GRID_VERSIONS,
    action: `${CUSTOM_TOPIC_TYPE}/${action}`,
    handle,
  });
  return [
    route('GET', LIST, 'read', (call) => {
      const prefix = idOf(call).toLowerCase();
      return page(
        call,
        customTopics
          .all()
          .filter(({ id }) => id.toLowerCase().startsWith(prefix))
          .map(customTopicBody),
      );
    }),
    route('GET', `${LIST}/{topic}`, 'read', (call) => {
      const found = customTopics.get(idOf(call));
      if (found) return { status: 200, body: customTopicBody(found) };
      const message = `The Resource '${CUSTOM_TOPIC_TYPE}/${call.params['topic']}' was not found.`;
      throw new AzureError(404, 'ResourceNotFound', message);
    }),
    route('PUT', `${LIST}/{topic}`, 'write', (call) => {
      const { tags } = readBody(PUT, call.body);
      return { status: 201, body: customTopicBody(customTopics.put({ ...placeIn(call), tags })) };
    }),
    route('DELETE', `${LIST}/{topic}`, 'delete', (call) => ({
      status: eventGrid.removeCustomTopic(idOf(call)) ? 200 : 204,
    })),
  ];
};
