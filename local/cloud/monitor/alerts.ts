import type { ResourceStore } from '../stored-resources/resource-store.ts';

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

export type Alerts = {
  all(): AlertResource[];
  get(id: string): AlertResource | undefined;
  put(resource: AlertResource): AlertResource;
  remove(id: string): void;
};

/** The alert resources that the store keeps. */
export const createAlerts = (store: ResourceStore): Alerts => {
  const all = () => Object.values(ALERT_TYPES).flatMap((type) => store.ofType(type)) as AlertResource[];
  return {
    all,
    get: (id) => all().find((one) => one.id.toLowerCase() === id.toLowerCase()),
    put: (resource) => store.put(resource) as AlertResource,
    remove: (id) => store.remove(id),
  };
};
