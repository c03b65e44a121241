import { within } from './resource-id.ts';

/** Key Vault retires all older versions on 27 February 2027 (Key Vault, "access control default"). */
const KEY_VAULT = '2026-02-01';

/**
 * The api-versions that the product sends to Azure, by service: no other file names a version. Where a service has several, the
 * first is asked, and the next one where Azure does not serve the first. Where an SDK has its version built in, the table states
 * that version.
 */
export const API_VERSIONS = {
  'Microsoft.KeyVault/vaults': [KEY_VAULT],
  'Microsoft.KeyVault/deletedVaults': [KEY_VAULT],
  // In March 2026 Azure did not serve the newest version for keys yet (AzAPI, pull request 1064).
  'Microsoft.KeyVault/vaults/keys': [KEY_VAULT, '2025-05-01'],
  'Key Vault keys (data plane)': ['2025-07-01'],
  // Built into `@azure/arm-mysql` 5.1, as is the version of the next row.
  'Microsoft.DBforMySQL/servers': ['2017-12-01'],
  'Microsoft.DBforMySQL/servers/keys': ['2020-01-01'],
  'Microsoft.DBforMySQL/flexibleServers': ['2024-12-30'],
  'Microsoft.Compute/diskEncryptionSets': ['2025-01-02'],
  // Built into `@azure/arm-compute` 25.1, as is the version of the next row.
  'Microsoft.Compute/disks': ['2026-03-02'],
  'Microsoft.Compute/virtualMachines': ['2026-04-01'],
  'Microsoft.Authorization/roleAssignments': ['2022-04-01'],
  'Microsoft.Authorization/roleDefinitions': ['2022-04-01'],
  'Microsoft.Authorization/locks': ['2020-05-01'],
  'Microsoft.ManagedIdentity/userAssignedIdentities': ['2023-01-31'],
  // Subscriptions, and the resource groups in them.
  'Microsoft.Resources/subscriptions': ['2022-12-01'],
  'Microsoft.Management/managementGroups': ['2020-05-01'],
  'Microsoft.EventGrid/eventSubscriptions': ['2025-02-15'],
  // Built into `@azure/eventgrid` 5.12.
  'Event Grid topics (data plane)': ['2018-01-01'],
  'Microsoft.ResourceGraph/resources': ['2024-04-01'],
  'Microsoft.ResourceHealth/availabilityStatuses': ['2022-10-01'],
  'Microsoft.Insights/eventtypes': ['2015-04-01'],
  'Microsoft.Insights/diagnosticSettings': ['2021-05-01-preview'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;

export type ApiService = keyof typeof API_VERSIONS;

/** The version that a service is asked with: the newest of several. */
export const apiVersion = (service: ApiService): string => API_VERSIONS[service][0];

/** The services that are asked with a preview version, each with the reason. */
export const PREVIEWS: Partial<Readonly<Record<ApiService, string>>> = {
  'Microsoft.Insights/diagnosticSettings': 'Azure has no version of it that is not a preview',
};

/**
 * The service whose versions are sent for a resource type: the type itself, or the nearest type above it. Key versions take the
 * versions of keys.
 */
export const serviceOf = (type: string): ApiService | undefined =>
  (Object.keys(API_VERSIONS) as ApiService[])
    .filter((service) => within(type, service))
    .toSorted((one, other) => other.length - one.length)[0];
