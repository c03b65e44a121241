import { sameId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';
import { ALERT_TYPES, type AlertResource, type Alerts } from './alerts.ts';
import type { Fire, FiredAlert } from './fired-alert.ts';
import { frequencyMs, type LogRule, logRuleOf } from './log-rules.ts';
import { traceTwinOf } from './query-twins.ts';
import type { Traces } from './traces.ts';

type Criterion = LogRule['criteria']['allOf'][number];

const COMPARISONS: Record<Criterion['operator'], (count: number, threshold: number) => boolean> = {
  Equals: (count, threshold) => count === threshold,
  GreaterThan: (count, threshold) => count > threshold,
  GreaterThanOrEqual: (count, threshold) => count >= threshold,
  LessThan: (count, threshold) => count < threshold,
  LessThanOrEqual: (count, threshold) => count <= threshold,
};

/** The number of traces that the one query of a rule finds; `undefined` where the rule has another query. */
const countFor = (traces: Traces, rule: LogRule, at: number): number | undefined => {
  const [criterion] = rule.criteria.allOf;
  const twin = criterion && traceTwinOf(criterion.query);
  if (!twin) return undefined;
  const seen = traces.rows().filter(({ ingestedAt, workspaceId }) => {
    return ingestedAt <= at && rule.scopes.some((scope) => sameId(scope, workspaceId));
  });
  return seen.filter((row) => twin.finds(row, at)).length;
};

const QUERY = 'Microsoft.OperationalInsights/workspaces/query/read';

/** A rule queries with its own identity, or where it has none with the rights of the caller that wrote it. */
const mayAsk = ({ entra, rbac }: World, { id }: AlertResource, { scopes }: LogRule): boolean => {
  const own = entra.managedIdentity(id);
  return !own || scopes.every((scope) => rbac.allows({ principalId: own.objectId, action: QUERY, scope }));
};

const alertOf = (resource: AlertResource, rule: LogRule, at: number, count: number): FiredAlert => ({
  rule: { id: resource.id, name: resource.name, description: rule.description, severity: rule.severity },
  signalType: 'Log',
  monitoringService: 'Log Alerts V2',
  targets: rule.scopes,
  configurationItems: [],
  origin: resource.id,
  at,
  context: {
    properties: {},
    conditionType: 'LogQueryCriteria',
    condition: {
      windowSize: rule.windowSize,
      allOf: rule.criteria.allOf.map((one) => ({
        searchQuery: one.query,
        operator: one.operator,
        threshold: String(one.threshold),
        timeAggregation: 'Count',
        dimensions: [],
        metricValue: count,
      })),
      windowEndTime: new Date(at).toISOString(),
    },
  },
});

/**
 * Rules on the logs of hosts: evaluated at every multiple of their frequency, since a missing log line cannot start an
 * evaluation.
 */
export const fireTraceRules = (world: World, alerts: Alerts, traces: Traces, fire: Fire): void => {
  const watched = new Set<string>();
  const firing = new Set<string>();
  const evaluate = (resource: AlertResource, rule: LogRule, at: number): void => {
    const [count, [criterion]] = [countFor(traces, rule, at), rule.criteria.allOf];
    if (count === undefined || !criterion || !rule.enabled) return;
    if (!mayAsk(world, resource, rule)) {
      world.log(`the alert rule ${resource.name} is not evaluated: its identity may not query its workspace`);
      return;
    }
    const isMet = COMPARISONS[criterion.operator](count, criterion.threshold);
    const alert = alertOf(resource, rule, at, count);
    if (isMet && !firing.has(resource.id)) fire(alert, rule.actions.actionGroups);
    if (!isMet && firing.has(resource.id)) fire({ ...alert, condition: 'Resolved' }, rule.actions.actionGroups);
    if (isMet && rule.autoMitigate) firing.add(resource.id);
    else firing.delete(resource.id);
  };
  const watch = (id: string): void => {
    const resource = alerts.get(id);
    const rule = resource?.type === ALERT_TYPES.log ? logRuleOf(resource) : undefined;
    if (!rule?.criteria.allOf.some(({ query }) => traceTwinOf(query))) return void watched.delete(id);
    const every = frequencyMs(rule);
    const at = (Math.floor(world.clock.now() / every) + 1) * every;
    world.clock.setTimeout(() => {
      const present = alerts.get(id);
      const asked = present && logRuleOf(present);
      if (present && asked) evaluate(present, asked, at);
      watch(id);
    }, at - world.clock.now());
  };
  world.onChange(({ kind, resourceId }) => {
    const id = resourceId.toLowerCase();
    if (kind !== 'resourceWritten' || watched.has(id) || !alerts.get(id)) return;
    watched.add(id);
    watch(id);
  });
};
