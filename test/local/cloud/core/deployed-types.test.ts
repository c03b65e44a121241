import { expect, it } from 'vitest';
import { resourceTypesOf } from '../../../../local/cloud/arm/resource-types.ts';
import { aCloud } from '../sdk.ts';

/** The types that a deployment writes, in the api-versions of AzAPI 1.15, whose types end in August 2024, and in later ones. */
const DEPLOYED: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.Authorization/locks': ['2020-05-01'],
  'Microsoft.Authorization/roleAssignments': ['2022-04-01'],
  'Microsoft.Authorization/roleDefinitions': ['2022-04-01'],
  'Microsoft.AlertsManagement/actionRules': ['2021-08-08'],
  'Microsoft.Compute/diskEncryptionSets': ['2023-10-02', '2025-01-02'],
  'Microsoft.ContainerService/managedClusters': ['2024-05-01', '2025-05-01'],
  'Microsoft.ContainerService/managedClusters/agentPools': ['2024-05-01', '2025-05-01'],
  'Microsoft.DBforMySQL/flexibleServers': ['2023-12-30', '2024-12-30'],
  'Microsoft.EventGrid/eventSubscriptions': ['2022-06-15', '2025-02-15'],
  'Microsoft.EventGrid/systemTopics': ['2022-06-15', '2025-02-15'],
  'Microsoft.EventGrid/systemTopics/eventSubscriptions': ['2022-06-15', '2025-02-15'],
  'Microsoft.Insights/actionGroups': ['2023-01-01'],
  'Microsoft.Insights/activityLogAlerts': ['2020-10-01'],
  'Microsoft.Insights/components': ['2020-02-02'],
  'Microsoft.Insights/diagnosticSettings': ['2021-05-01-preview'],
  'Microsoft.Insights/scheduledQueryRules': ['2023-12-01'],
  'Microsoft.Insights/workbooks': ['2023-06-01'],
  'Microsoft.KeyVault/vaults': ['2023-07-01', '2026-02-01'],
  'Microsoft.KeyVault/vaults/keys': ['2023-07-01', '2025-05-01'],
  'Microsoft.ManagedIdentity/userAssignedIdentities': ['2023-01-31', '2024-11-30'],
  'Microsoft.Network/privateDnsZones': ['2020-06-01', '2024-06-01'],
  'Microsoft.Network/privateDnsZones/virtualNetworkLinks': ['2020-06-01', '2024-06-01'],
  'Microsoft.Network/privateEndpoints': ['2024-01-01', '2024-07-01'],
  'Microsoft.Network/privateEndpoints/privateDnsZoneGroups': ['2024-01-01', '2024-07-01'],
  'Microsoft.Network/virtualNetworks': ['2024-01-01', '2024-07-01'],
  'Microsoft.Network/virtualNetworks/subnets': ['2024-01-01', '2024-07-01'],
  'Microsoft.OperationalInsights/workspaces': ['2022-10-01', '2023-09-01', '2025-02-01', '2025-07-01'],
  'Microsoft.Storage/storageAccounts': ['2023-05-01', '2025-06-01'],
  'Microsoft.Storage/storageAccounts/blobServices/containers': ['2023-05-01', '2025-06-01'],
};

const typeIn = (path: string): string => {
  const [namespace, ...rest] = (path.split('/providers/').at(-1) ?? '').split('/');
  return [namespace, ...rest.filter((_, i) => i % 2 === 0)].join('/').toLowerCase();
};

it('Every type of a deployment can be written, in the versions of the old provider and of the new one', async () => {
  const { azure } = await aCloud();
  const puts = azure.services.flatMap(({ routes }) => routes).filter(({ method }) => method === 'PUT');
  const missing = Object.entries(DEPLOYED).flatMap(([type, versions]) => {
    const served = puts.filter(({ path }) => typeIn(path) === type.toLowerCase()).flatMap((one) => one.apiVersions);
    return versions.filter((version) => !served.includes(version)).map((version) => `${type}@${version}`);
  });
  expect(missing).toEqual([]);
});

it('A provider names the types that are read here with their versions, the newest first, for az resource show', async () => {
  const { azure } = await aCloud();
  const routes = azure.services.flatMap((service) => service.routes);
  const types = Object.fromEntries(
    resourceTypesOf('Microsoft.DBforMySQL', routes).map(({ resourceType, apiVersions }) => [resourceType, apiVersions]),
  );
  expect(types).toMatchObject({
    servers: ['2017-12-01'],
    'servers/keys': ['2020-01-01'],
    flexibleServers: ['2025-06-01-preview', '2024-12-30', '2023-12-30'],
  });
});
