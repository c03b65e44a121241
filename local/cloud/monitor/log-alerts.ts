import { sameId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';
import { ALERT_TYPES, type AlertResource, type Alerts } from './alerts.ts';
import type { AuditLog, AuditRow } from './audit-log.ts';
import type { Fire } from './fired-alert.ts';
import { alertsOf, frequencyMs, type LogRule, logRuleOf, whyNever } from './log-rules.ts';

/**
 * The product's queries look back one minute more than the interval of their evaluation, so that no row is missed between two;
 * some rows are found twice.
 */
const WINDOW_MS = 6 * 60_000;

const isIn = ({ workspaceIds }: AuditRow, { scopes }: LogRule): boolean =>
  workspaceIds.some((workspace) => scopes.some((scope) => sameId(scope, workspace)));

/** Rules on the audit logs of vaults: evaluated at the multiples of their frequency, where there are rows to find. */
export const fireLogRules = (world: World, alerts: Alerts, audit: AuditLog, fire: Fire): void => {
  const due = new Set<string>();
  const evaluate = (resource: AlertResource, rule: LogRule, at: number): void => {
    const seen = audit
      .rows()
      .filter(({ ingestedAt }) => ingestedAt > at - WINDOW_MS && ingestedAt <= at)
      .filter((row) => isIn(row, rule));
    for (const alert of alertsOf(resource, rule, seen, at)) fire(alert, rule.actions.actionGroups);
  };
  const plan = (resource: AlertResource, rule: LogRule, row: AuditRow): void => {
    const every = frequencyMs(rule);
    const at = Math.ceil(row.ingestedAt / every) * every;
    const name = `${resource.id.toLowerCase()} ${at}`;
    if (due.has(name)) return;
    due.add(name);
    world.clock.setTimeout(() => evaluate(resource, rule, at), at - world.clock.now());
  };
  audit.onRow((row) => {
    for (const resource of alerts.all().filter(({ type }) => type === ALERT_TYPES.log)) {
      const rule = logRuleOf(resource);
      if (!rule?.enabled || !isIn(row, rule)) continue;
      const why = whyNever(rule);
      if (why) world.log(`not simulated: the alert rule ${resource.name} never fires, since ${why}`);
      else plan(resource, rule, row);
    }
  });
};
