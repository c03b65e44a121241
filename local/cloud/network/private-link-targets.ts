import { resourceTypeOf, sameId } from '../arm/resource-id.ts';

/**
 * The types to which a private endpoint may lead, their parts by name with the zone of each ("Azure private endpoint private DNS
 * zone values").
 */
const PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Microsoft.KeyVault/vaults': { vault: 'privatelink.vaultcore.azure.net' },
  'Microsoft.Storage/storageAccounts': {
    blob: 'privatelink.blob.core.windows.net',
    queue: 'privatelink.queue.core.windows.net',
    table: 'privatelink.table.core.windows.net',
    file: 'privatelink.file.core.windows.net',
    dfs: 'privatelink.dfs.core.windows.net',
    web: 'privatelink.web.core.windows.net',
  },
  'Microsoft.Web/sites': { sites: 'privatelink.azurewebsites.net' },
  'Microsoft.DBforMySQL/flexibleServers': { mysqlServer: 'privatelink.mysql.database.azure.com' },
  'Microsoft.DBforMySQL/servers': { mysqlServer: 'privatelink.mysql.database.azure.com' },
  'Microsoft.EventGrid/topics': { topic: 'privatelink.eventgrid.azure.net' },
};

/** Types that have private endpoints. */
const LINKED_TYPES: readonly string[] = Object.keys(PARTS);

/** The parts of the resource that an id names; none where its type has no private endpoints. */
export const partsOf = (id: string): Readonly<Record<string, string>> => {
  const type = LINKED_TYPES.find((one) => sameId(one, resourceTypeOf(id)));
  return (type && PARTS[type]) || {};
};

/** The type as Azure spells it. */
export const linkedType = (id: string): string =>
  LINKED_TYPES.find((one) => sameId(one, resourceTypeOf(id))) ?? resourceTypeOf(id);
