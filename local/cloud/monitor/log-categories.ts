import { AzureError } from '../arm/error.ts';
import { resourceTypeOf, sameId } from '../arm/resource-id.ts';
import type { Category, DiagnosticSetting } from './diagnostic-settings.ts';

type Categories = { logs: readonly string[]; groups: readonly string[]; metrics: readonly string[] };

const METRICS = ['AllMetrics'];
const STORAGE: Categories = {
  logs: ['StorageRead', 'StorageWrite', 'StorageDelete'],
  groups: ['audit', 'allLogs'],
  metrics: ['Capacity', 'Transaction'],
};

/** The categories that the types of this cloud write ("Supported resource logs in Azure Monitor"). */
const CATEGORIES: Readonly<Record<string, Categories>> = {
  'Microsoft.KeyVault/vaults': {
    logs: ['AuditEvent', 'AzurePolicyEvaluationDetails'],
    groups: ['audit', 'allLogs'],
    metrics: METRICS,
  },
  'Microsoft.DBforMySQL/flexibleServers': {
    logs: ['MySqlAuditLogs', 'MySqlSlowLogs'],
    groups: ['audit', 'allLogs'],
    metrics: METRICS,
  },
  'Microsoft.DBforMySQL/servers': {
    logs: ['MySqlAuditLogs', 'MySqlSlowLogs'],
    groups: ['audit', 'allLogs'],
    metrics: METRICS,
  },
  'Microsoft.Web/sites': {
    logs: ['FunctionAppLogs', 'AppServiceAuthenticationLogs'],
    groups: ['allLogs'],
    metrics: METRICS,
  },
  'Microsoft.Storage/storageAccounts': { logs: [], groups: [], metrics: ['Capacity', 'Transaction'] },
  'Microsoft.Storage/storageAccounts/blobServices': STORAGE,
  'Microsoft.Storage/storageAccounts/queueServices': STORAGE,
  'Microsoft.Storage/storageAccounts/tableServices': STORAGE,
  'Microsoft.EventGrid/systemTopics': { logs: ['DeliveryFailures'], groups: ['allLogs'], metrics: METRICS },
  'Microsoft.OperationalInsights/workspaces': {
    logs: ['Audit', 'SummaryLogs'],
    groups: ['audit', 'allLogs'],
    metrics: METRICS,
  },
};

const bad = (message: string) => new AzureError(400, 'BadRequest', message);

const refuseCategory = (
  known: readonly string[],
  groups: readonly string[],
  { category, categoryGroup }: Category,
): void => {
  if ((category === undefined) === (categoryGroup === undefined))
    throw bad('Each log or metric needs either a category or a categoryGroup, and not both.');
  if (category !== undefined && !known.some((one) => sameId(one, category)))
    throw bad(`Category '${category}' is not supported.`);
  if (categoryGroup !== undefined && !groups.some((one) => sameId(one, categoryGroup)))
    throw bad(`Category group '${categoryGroup}' is not supported.`);
};

/** Refuses categories that a resource does not write; for a type that is not in the table every category is accepted. */
export const refuseCategories = ({ scope, logs, metrics }: DiagnosticSetting): void => {
  const type = Object.keys(CATEGORIES).find((one) => sameId(one, resourceTypeOf(scope)));
  const known = type === undefined ? undefined : CATEGORIES[type];
  if (known === undefined) return;
  for (const one of logs) refuseCategory(known.logs, known.groups, one);
  for (const one of metrics) refuseCategory(known.metrics, [], one);
};
