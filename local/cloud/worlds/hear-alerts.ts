import { resourceId } from '../arm/resource-id.ts';
import type { FullWorld } from '../create-world.ts';
import { ALERT_TYPES, type AlertResource } from '../monitor/alerts.ts';
import { queryOf, TWINS } from '../monitor/query-twins.ts';
import { productId } from './product.ts';

/** `identifierUri`: of the product's app registration, for a secure webhook; without it the address alone opens the door. */
export type AlertHearing = {
  serviceUri: string;
  identifierUri?: string;
  commonSchema?: boolean;
  /** How often the rules on audit logs look; PT5M when left out. */
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

/**
 * What infra sets up: the audit log of every vault in a workspace, our own queries as rules on it, rules on deleted vaults and
 * on the health of servers, and the action group that tells an endpoint.
 */
export const hearAlerts = (
  world: FullWorld,
  { serviceUri, identifierUri, commonSchema = true, evaluationFrequency = 'PT5M' }: AlertHearing,
): AlertResource => {
  const subscription = world.subscriptions.all()[0]?.id ?? '';
  const place = { subscription, group: 'guardian' };
  const workspaceId = resourceId({ ...place, type: 'Microsoft.OperationalInsights/workspaces', name: 'log-guardian' });
  const put = (type: AlertResource['type'], name: string, properties: Record<string, unknown>): AlertResource =>
    world.alerts.put({
      id: resourceId({ ...place, type, name }),
      name,
      type,
      location: 'global',
      tags: {},
      properties,
    });
  const secure = identifierUri && { useAadAuth: true, identifierUri, tenantId: world.entra.tenantId };
  const receiver = { name: 'guardian', serviceUri, useCommonAlertSchema: commonSchema, ...secure };
  const group = put(ALERT_TYPES.group, 'cmk-guardian', {
    groupShortName: 'cmkguard',
    enabled: true,
    webhookReceivers: [receiver],
  });
  const logs = [{ category: 'AuditEvent', enabled: true }];
  for (const { id } of world.keyVault.vaults())
    world.diagnosticSettings.put({ scope: id, name: 'cmk-audit', workspaceId, logs, metrics: [] });
  const product = world.entra.managedIdentity(productId)?.objectId ?? '';
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
      evaluationFrequency,
      criteria: { allOf: [criterion] },
      actions: { actionGroups: [group.id] },
    });
  }
  const actions = { actionGroups: [{ actionGroupId: group.id }] };
  const scopes = [`/subscriptions/${subscription}`];
  put(ALERT_TYPES.rule, 'cmk-vault-deleted', { scopes, enabled: true, condition: { allOf: VAULT_DELETED }, actions });
  put(ALERT_TYPES.rule, 'cmk-server-unavailable', {
    scopes,
    enabled: true,
    condition: { allOf: SERVER_UNAVAILABLE },
    actions,
  });
  return group;
};
