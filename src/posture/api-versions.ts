import type { ProductFacts } from './facts.ts';

/** Every API of Azure that the product speaks, its SDKs' included. A preview needs an excuse. */
export const API_VERSIONS: ProductFacts['apiVersions'] = [
  { service: 'Microsoft.KeyVault/vaults', version: '2026-02-01' },
  { service: 'Key Vault keys (data plane)', version: '2025-07-01' },
  { service: 'Microsoft.DBforMySQL/servers', version: '2017-12-01' },
  { service: 'Microsoft.DBforMySQL/servers/keys', version: '2020-01-01' },
  { service: 'Microsoft.DBforMySQL/flexibleServers', version: '2024-12-30' },
  { service: 'Microsoft.Compute/diskEncryptionSets', version: '2025-01-02' },
  { service: 'Microsoft.Authorization/roleAssignments', version: '2022-04-01' },
  { service: 'Microsoft.Authorization/locks', version: '2020-05-01' },
  { service: 'Microsoft.ManagedIdentity/userAssignedIdentities', version: '2023-01-31' },
  { service: 'Microsoft.Compute/virtualMachines', version: '2025-04-01' },
  { service: 'Microsoft.EventGrid/eventSubscriptions', version: '2025-02-15' },
  { service: 'Microsoft.ResourceGraph/resources', version: '2024-04-01' },
  { service: 'Microsoft.ResourceHealth/availabilityStatuses', version: '2022-10-01' },
  { service: 'Microsoft.Insights/eventtypes', version: '2015-04-01' },
  {
    service: 'Microsoft.Insights/diagnosticSettings',
    version: '2021-05-01-preview',
    why: 'Azure has no version of it that is not a preview',
  },
];
