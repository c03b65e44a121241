import { z } from 'zod';
import type { ArmWrite } from '../activity-log/activity.ts';
import { eventJson } from '../activity-log/event-json.ts';
import { resourceTypeOf } from '../arm/resource-id.ts';
import { normalScope, within } from '../arm/scope.ts';
import type { AlertResource } from './alerts.ts';

const leaf = z.object({
  field: z.string(),
  equals: z.string().optional(),
  containsAny: z.array(z.string()).optional(),
});
type Leaf = z.infer<typeof leaf>;
const condition = z.union([z.object({ anyOf: z.array(leaf) }), leaf]);

const rule = z.object({
  enabled: z.boolean().default(true),
  description: z.string().default(''),
  scopes: z.array(z.string()).default([]),
  condition: z.object({ allOf: z.array(condition).min(1) }),
  actions: z.object({ actionGroups: z.array(z.object({ actionGroupId: z.string() })).default([]) }),
});

/** The properties of a rule on the activity log (Microsoft.Insights/activityLogAlerts, 2020-10-01). */
export type ActivityRule = z.infer<typeof rule>;

/** Undefined for a resource that is not a rule that could fire; Azure would have refused it too. */
export const activityRuleOf = ({ properties }: AlertResource): ActivityRule | undefined => {
  const read = rule.safeParse(properties);
  return read.success ? read.data : undefined;
};

/** An event of the activity log by the names of its fields, and the id of its resource. */
export type LoggedEvent = { target: string; fields: Record<string, string> };

const holds = ({ field, equals, containsAny }: Leaf, fields: Record<string, string>): boolean => {
  const value = fields[field.toLowerCase()]?.toLowerCase();
  if (value === undefined) return false;
  if (equals !== undefined) return value === equals.toLowerCase();
  return containsAny?.some((one) => value.includes(one.toLowerCase())) ?? false;
};

export const matches = (
  { enabled, scopes, condition: { allOf } }: ActivityRule,
  { target, fields }: LoggedEvent,
): boolean =>
  enabled &&
  scopes.some((scope) => within(normalScope(target), normalScope(scope))) &&
  allOf.every((one) => ('anyOf' in one ? one.anyOf.some((any) => holds(any, fields)) : holds(one, fields)));

const common = (target: string) => ({
  resourceid: target,
  resourcetype: resourceTypeOf(target),
  resourcegroup: /\/resourceGroups\/([^/]+)/i.exec(target)?.[1] ?? '',
});

/** A write, a deletion or an action, of the category Administrative. */
export const administrative = (write: ArmWrite): LoggedEvent & { context: Record<string, unknown> } => {
  const { claims, authorization, caller, channels, correlationId, eventDataId, level, operationId } = eventJson(write);
  const { target, operationName, status, at } = write;
  const fields = {
    ...common(target),
    category: 'Administrative',
    operationname: operationName,
    status,
    level,
    caller,
    resourceprovider: operationName.split('/')[0] ?? '',
  };
  const time = new Date(at).toISOString().replace('Z', '+00:00');
  const told = { authorization, channels, claims: JSON.stringify(claims), caller, correlationId };
  return {
    target,
    fields,
    context: {
      ...told,
      eventSource: 'Administrative',
      eventTimestamp: time,
      eventDataId,
      level,
      operationName,
      operationId,
      properties: { eventCategory: 'Administrative', entity: target },
      status,
      subStatus: '',
      submissionTimestamp: time,
    },
  };
};

/** A change of Resource Health; activity-log alerts are never resolved, a recovery fires as well. */
export const resourceHealth = (
  target: string,
  current: 'Available' | 'Unavailable',
  at: number,
): LoggedEvent & { context: Record<string, unknown> } => {
  const previous = current === 'Available' ? 'Unavailable' : 'Available';
  const status = current === 'Available' ? 'Resolved' : 'Active';
  const fields = {
    ...common(target),
    category: 'ResourceHealth',
    status,
    'properties.currenthealthstatus': current,
    'properties.previoushealthstatus': previous,
    'properties.cause': 'UserInitiated',
  };
  const time = new Date(at).toISOString();
  return {
    target,
    fields,
    context: {
      channels: 'Admin, Operation',
      correlationId: `${at}`,
      eventSource: 'ResourceHealth',
      eventTimestamp: time,
      level: 'Critical',
      operationName: `Microsoft.Resourcehealth/healthevent/${status === 'Active' ? 'Activated' : 'Resolved'}/action`,
      operationId: `${at}`,
      properties: {
        title: current,
        details: '',
        currentHealthStatus: current,
        previousHealthStatus: previous,
        type: 'Downtime',
        cause: 'UserInitiated',
      },
      status,
      submissionTimestamp: time,
    },
  };
};
