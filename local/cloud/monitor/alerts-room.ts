import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { readBody, TAGS } from '../arm/read-body.ts';
import { resourceId } from '../arm/resource-id.ts';
import type { Call, Room, Route } from '../room.ts';
import { ALERT_TYPES, type AlertResource, type Alerts } from './alerts.ts';

type Type = AlertResource['type'];

const VERSIONS: Record<Type, string[]> = {
  [ALERT_TYPES.rule]: ['2020-10-01'],
  [ALERT_TYPES.group]: ['2023-01-01', '2022-06-01'],
};

const alertPut = z.object({
  location: z.string().default('global'),
  tags: TAGS.default({}),
  properties: z.record(z.string(), z.unknown()),
});

const idOf = (type: Type, { params: { subscription = '', group = '', name = '' } }: Call): string =>
  resourceId({ subscription, group, type, name });

/** Alert rules on the activity log, and action groups: written and read, as far as Resource Graph shows them. */
export const alertsRoom = (alerts: Alerts): Room => ({
  name: 'alerts',
  breaks: [],
  snapshot: () => alerts.all(),
  resources: () => alerts.all(),
  graph: { resources: (id) => (id === undefined ? alerts.all() : [alerts.get(id)].flatMap((each) => each ?? [])) },
  routes: Object.values(ALERT_TYPES).flatMap((type) => routesOf(type, alerts)),
});

const routesOf = (type: Type, alerts: Alerts): Route[] => {
  const route = (method: string, verb: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path: `/subscriptions/{subscription}/resourceGroups/{group}/providers/${type}/{name}`,
    apiVersions: VERSIONS[type],
    action: `${type}/${verb}`,
    handle,
  });
  return [
    route('GET', 'read', (call) => {
      const found = alerts.get(idOf(type, call));
      if (found) return { status: 200, body: found };
      throw new AzureError(404, 'ResourceNotFound', `The Resource '${type}/${call.params['name']}' was not found.`);
    }),
    route('PUT', 'write', (call) => {
      const id = idOf(type, call);
      const status = alerts.get(id) ? 200 : 201;
      const body = readBody(alertPut, call.body);
      return { status, body: alerts.put({ id, name: call.params['name'] ?? '', type, ...body }) };
    }),
    route('DELETE', 'delete', (call) => {
      const found = alerts.get(idOf(type, call));
      if (found) alerts.remove(found.id);
      return { status: found ? 200 : 204 };
    }),
  ];
};
