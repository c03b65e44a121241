import { resourceId } from '../arm/resource-id.ts';
import type { FullWorld } from '../create-world.ts';
import { ALERT_TYPES, type AlertResource } from '../monitor/alerts.ts';
import { queryOf, TWINS } from '../monitor/query-twins.ts';
import { productId } from './product.ts';

/**
 * `identifierUri`: of the product's app registration, for a secure webhook; without it, knowing the address is enough to call the
 * endpoint.
 */
export type AlertHearing = {
  serviceUri: string;
  identifierUri?: string;
  commonSchema?: boolean;
  /** The interval at which the rules on audit logs are evaluated; PT5M when left out. */
  evaluationFrequency?: string;
};

const SUCCEEDED = { field: 'status', equals: 'Succeeded' };
const VAULT_DELETED = [
  { field: 'category', equals: 'Administrative' },
  { field: 'operationName', equals: 'Microsoft.KeyVault/vaults/delete' },
  SUCCEEDED,
];
const SERVER_UNAVAILABLE = [
  { field: 'category', equals: 'ResourceHealth' },
  { anyOf: [{ field: 'properties.currentHealthStatus', equals: 'Unavailable' }] },
];

type Put = (type: AlertResource['type'], name: string, properties: Record<string, unknown>) => AlertResource;

const PLACE = 'guardian';

const putIn =
  (world: FullWorld, subscription: string): Put =>
  (type, name, properties) =>
    world.alerts.put({
      id: resourceId({ subscription, group: PLACE, type, name }),
      name,
      type,
      location: 'global',
      tags: {},
      properties,
    });

/** The action group that calls an endpoint. */
const putGroup = (world: FullWorld, put: Put, hearing: AlertHearing): AlertResource => {
  const { serviceUri, identifierUri, commonSchema = true } = hearing;
  const secure = identifierUri && { useAadAuth: true, identifierUri, tenantId: world.entra.tenantId };
  const receiver = { name: 'guardian', serviceUri, useCommonAlertSchema: commonSchema, ...secure };
  return put(ALERT_TYPES.group, 'cmk-guardian', {
    groupShortName: 'cmkguard',
    enabled: true,
    webhookReceivers: [receiver],
  });
};

/** Sends the audit log of every vault to a workspace. */
const logInto = (world: FullWorld, workspaceId: string): void => {
  const logs = [{ category: 'AuditEvent', enabled: true }];
  for (const { id } of world.keyVault.vaults())
    world.diagnosticSettings.put({ scope: id, name: 'cmk-audit', workspaceId, logs, metrics: [] });
};

/** Makes the product's queries rules on that workspace. */
const putQueries = (put: Put, workspaceId: string, product: string, rule: Record<string, unknown>): void => {
  const dimensions = ['KeyName', 'Op'].map((name) => ({ name, operator: 'Include', values: ['*'] }));
  for (const { file } of TWINS) {
    const criterion = {
      query: queryOf(file, product),
      timeAggregation: 'Count',
      operator: 'GreaterThan',
      threshold: 0,
      resourceIdColumn: '_ResourceId',
      dimensions,
    };
    put(ALERT_TYPES.log, `cmk-${file.replace('.kql', '')}`, {
      severity: 1,
      enabled: true,
      scopes: [workspaceId],
      criteria: { allOf: [criterion] },
      ...rule,
    });
  }
};

/**
 * Makes the alerts that infra sets up: the audit log of every vault in a workspace, the product's queries as rules on it, rules
 * on deleted vaults and on the health of servers, and the action group that calls an endpoint.
 */
export const hearAlerts = (world: FullWorld, hearing: AlertHearing): AlertResource => {
  const subscription = world.subscriptions.all()[0]?.id ?? '';
  const workspace = { type: 'Microsoft.OperationalInsights/workspaces', name: 'log-guardian' };
  const workspaceId = resourceId({ subscription, group: PLACE, ...workspace });
  const put = putIn(world, subscription);
  const group = putGroup(world, put, hearing);
  logInto(world, workspaceId);
  putQueries(put, workspaceId, world.entra.managedIdentity(productId)?.objectId ?? '', {
    evaluationFrequency: hearing.evaluationFrequency ?? 'PT5M',
    actions: { actionGroups: [group.id] },
  });
  const rule = {
    scopes: [`/subscriptions/${subscription}`],
    enabled: true,
    actions: { actionGroups: [{ actionGroupId: group.id }] },
  };
  put(ALERT_TYPES.rule, 'cmk-vault-deleted', { ...rule, condition: { allOf: VAULT_DELETED } });
  put(ALERT_TYPES.rule, 'cmk-server-unavailable', { ...rule, condition: { allOf: SERVER_UNAVAILABLE } });
  return group;
};
