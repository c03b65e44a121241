import type { FullWorld } from '../create-world.ts';
import type { Service } from '../service.ts';
import { storedRoutes } from '../stored-resources/stored-routes.ts';
import { activityRuleOf } from './activity-rules.ts';
import { alertTypes } from './alert-types.ts';
import { alertVerbs, type Hear, hearVerb } from './alert-verbs.ts';
import { ALERT_TYPES, type AlertResource } from './alerts.ts';
import { logRuleOf, whyNever } from './log-rules.ts';

const time = (instant: number) => new Date(instant).toISOString();

/** A rule that this cloud keeps but never fires says so in its answer. */
const shown = (resource: AlertResource) => {
  const { type } = resource;
  if (type === ALERT_TYPES.group) return resource;
  const log = type === ALERT_TYPES.log ? logRuleOf(resource) : undefined;
  const isRule = log ?? activityRuleOf(resource);
  const never = isRule ? log && whyNever(log) : 'it has no condition that could be read';
  return { ...resource, ...(never && { neverFires: never }) };
};

/** Alert rules and action groups, fired alerts, and the outcome of each call of a webhook. */
export const alertsService = ({ alerts, alerting, clock, entra, stored }: FullWorld, hear: Hear): Service => ({
  name: 'alerts',
  breaks: alertVerbs(alerts, alerting, clock.now),
  repairs: [hearVerb(hear)],
  snapshot: () => ({
    resources: alerts.all().map(shown),
    fired: alerting.fired().map(({ at, rule, targets }) => ({ at: time(at), rule: rule.name, targets })),
    mails: alerting.mails().map(({ at, ...mail }) => ({ at: time(at), ...mail })),
    calls: alerting.receivers.calls().map(({ at, ...call }) => ({ at: time(at), ...call })),
    silencedUntil: Object.values(alerting.receivers.silenced()).map(time),
  }),
  resources: () => alerts.all(),
  remove: (id) => {
    if (alerts.get(id)) alerts.remove(id);
  },
  graph: { resources: (id) => (id === undefined ? alerts.all() : [alerts.get(id)].flatMap((each) => each ?? [])) },
  routes: alertTypes(entra).flatMap((type) => storedRoutes(stored, type)),
});
