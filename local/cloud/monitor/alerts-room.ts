import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { readBody, TAGS } from '../arm/read-body.ts';
import { resourceId } from '../arm/resource-id.ts';
import type { Call, Room, Route } from '../room.ts';
import { activityRuleOf } from './activity-rules.ts';
import { alertVerbs, type Hear, hearVerb } from './alert-verbs.ts';
import type { Alerting } from './alerting.ts';
import { ALERT_TYPES, type AlertResource, type Alerts } from './alerts.ts';
import { checkLogRule, logRuleOf, whyNever } from './log-rules.ts';

type Type = AlertResource['type'];

const VERSIONS: Record<Type, string[]> = {
  [ALERT_TYPES.rule]: ['2020-10-01'],
  [ALERT_TYPES.group]: ['2023-01-01', '2022-06-01'],
  [ALERT_TYPES.log]: ['2023-12-01', '2022-06-15', '2021-08-01'],
};

const alertPut = z.object({
  location: z.string().default('global'),
  tags: TAGS.default({}),
  properties: z.record(z.string(), z.unknown()),
});

const idOf = (type: Type, { params: { subscription = '', group = '', name = '' } }: Call): string =>
  resourceId({ subscription, group, type, name });

const time = (instant: number) => new Date(instant).toISOString();

/** A rule that is kept and never fires says so. */
const shown = (resource: AlertResource) => {
  const { type } = resource;
  if (type === ALERT_TYPES.group) return resource;
  const log = type === ALERT_TYPES.log ? logRuleOf(resource) : undefined;
  const isRule = log ?? activityRuleOf(resource);
  const never = isRule ? log && whyNever(log) : 'it has no condition that could be read';
  return { ...resource, ...(never && { neverFires: never }) };
};

/** Alert rules and action groups, what has fired, and how each call of a webhook ended. */
export const alertsRoom = (alerts: Alerts, alerting: Alerting, now: () => number, hear: Hear): Room => ({
  name: 'alerts',
  breaks: alertVerbs(alerts, alerting, now),
  repairs: [hearVerb(hear)],
  snapshot: () => ({
    resources: alerts.all().map(shown),
    fired: alerting.fired().map(({ at, rule, targets }) => ({ at: time(at), rule: rule.name, targets })),
    calls: alerting.receivers.calls().map(({ at, ...call }) => ({ at: time(at), ...call })),
    silencedUntil: Object.values(alerting.receivers.silenced()).map(time),
  }),
  resources: () => alerts.all(),
  remove: (id) => {
    if (alerts.get(id)) alerts.remove(id);
  },
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
      const resource: AlertResource = { id, name: call.params['name'] ?? '', type, ...body };
      if (type === ALERT_TYPES.log) checkLogRule(resource);
      return { status, body: alerts.put(resource) };
    }),
    route('DELETE', 'delete', (call) => {
      const found = alerts.get(idOf(type, call));
      if (found) alerts.remove(found.id);
      return { status: found ? 200 : 204 };
    }),
  ];
};
