import { type ById, createById } from '../compute/by-id.ts';
import type { World } from '../room.ts';

/** Alert rules on the activity log and on logs, and action groups: kept as they are written. */
export const ALERT_TYPES = {
  rule: 'Microsoft.Insights/activityLogAlerts',
  group: 'Microsoft.Insights/actionGroups',
  log: 'Microsoft.Insights/scheduledQueryRules',
} as const;

export type AlertResource = {
  id: string;
  name: string;
  type: (typeof ALERT_TYPES)[keyof typeof ALERT_TYPES];
  location: string;
  tags: Record<string, string>;
  properties: Record<string, unknown>;
};

export type Alerts = ById<AlertResource>;

/** None; what is written is told, so that Resource Graph sees it. */
export const createAlerts = (world: World): Alerts => {
  const alerts = createById<AlertResource>();
  const tell = (resourceId: string) => world.changed({ kind: 'alertChanged', resourceId, at: world.clock.now() });
  return {
    ...alerts,
    put: (resource) => {
      const put = alerts.put(resource);
      tell(put.id);
      return put;
    },
    remove: (id) => {
      alerts.remove(id);
      tell(id);
    },
  };
};
