import type { World } from '../service.ts';
import { activityRuleOf, administrative, type LoggedEvent, matches, resourceHealth } from './activity-rules.ts';
import { ALERT_TYPES, type AlertResource, type Alerts } from './alerts.ts';
import type { Fire, FiredAlert } from './fired-alert.ts';

type Told = LoggedEvent & { context: Record<string, unknown>; origin: string };

/** The activity log takes 3 to 20 minutes until alerts see it. */
const SECONDS = 300;
/** Resource Health has checks for these; a flexible server has none. */
const SINGLE_SERVERS = 'microsoft.dbformysql/servers/';

const alertOf = ({ id, name }: AlertResource, description: string, told: Told, at: number): FiredAlert => ({
  rule: { id, name, description, severity: 4 },
  signalType: 'Activity Log',
  monitoringService: told.fields['category'] === 'ResourceHealth' ? 'ResourceHealth' : 'Activity Log - Administrative',
  targets: [told.target],
  configurationItems: [told.target.split('/').at(-1) ?? ''],
  origin: told.origin,
  at,
  context: told.context,
});

/** Fires rules on the activity log: on writes, and on the Resource Health of servers whose clients are refused. */
export const fireActivityRules = (world: World, alerts: Alerts, fire: Fire): void => {
  const rules = () => alerts.all().filter(({ type }) => type === ALERT_TYPES.rule);
  const tell = (told: Told): void => {
    for (const resource of rules()) {
      const rule = activityRuleOf(resource);
      if (!rule || !matches(rule, told)) continue;
      const groupIds = rule.actions.actionGroups.map(({ actionGroupId }) => actionGroupId);
      fire(alertOf(resource, rule.description, told, world.clock.now()), groupIds);
    }
  };
  /** Without a rule there is no wait: the clock would stop there for nothing. */
  const later = (toldNow: () => Told): void => {
    if (rules().length === 0) return;
    world.clock.setTimeout(() => tell(toldNow()), (world.switches.activityAlertSeconds ?? SECONDS) * 1_000);
  };
  world.activity.onWrite((write) => later(() => ({ ...administrative(write), origin: write.id })));
  world.onChange(({ kind, resourceId, at }) => {
    if (kind !== 'serverInaccessible' && kind !== 'serverReady') return;
    if (!resourceId.toLowerCase().includes(SINGLE_SERVERS)) return;
    const status = kind === 'serverReady' ? 'Available' : 'Unavailable';
    later(() => ({ ...resourceHealth(resourceId, status, at), origin: `${kind}:${at}` }));
  });
};
