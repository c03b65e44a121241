import { sameId } from '../arm/resource-id.ts';
import { mayPass, type NetworkRules } from '../network/may-pass.ts';
import type { GraphRow, World } from '../service.ts';
import type { Site } from './site.ts';
import type { Surroundings } from './surroundings.ts';

const ACCOUNT_TYPE = 'Microsoft.Storage/storageAccounts';

export const accountNamed = ({ resourcesOf }: Surroundings, name: string): GraphRow | undefined =>
  resourcesOf(ACCOUNT_TYPE).find((row) => sameId(row.name, name));

const PARTS = ['blob', 'queue', 'table'];

/** A service of an account that cannot be reached, and the kind of failure. */
export type Closed = { host: string; how: 'unresolved' | 'refused' };

type AccountProperties = { publicNetworkAccess?: string; networkAcls?: Omit<NetworkRules, 'publicNetworkAccess'> };

/**
 * The services of an account that cannot be reached from the network of a resource, or that refuse requests from there; for
 * undefined, from the open internet.
 */
export const closedParts = (
  { network }: Pick<World, 'network'>,
  { id, name, properties }: GraphRow,
  from: string | undefined,
  parts: readonly string[] = PARTS,
): Closed[] => {
  const { publicNetworkAccess, networkAcls } = (properties ?? {}) as AccountProperties;
  return parts.flatMap((part): Closed[] => {
    const host = `${name}.${part}.core.windows.net`;
    const zone = `privatelink.${part}.core.windows.net`;
    const arrival = network.arrival(from, { id, part, service: 'Microsoft.Storage', zone });
    if (!arrival) return [{ host, how: 'unresolved' }];
    const passage = mayPass({ ...networkAcls, publicNetworkAccess }, arrival, false);
    return passage === 'passes' ? [] : [{ host, how: 'refused' }];
  });
};

const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';

/** The roles of a host, each with a data action that the next smaller role does not have. */
const HOST_ROLES = [
  { role: 'Storage Blob Data Owner', dataAction: `${BLOBS}/runAsSuperUser/action` },
  {
    role: 'Storage Queue Data Contributor',
    dataAction: 'Microsoft.Storage/storageAccounts/queueServices/queues/messages/write',
  },
  {
    role: 'Storage Table Data Contributor',
    dataAction: 'Microsoft.Storage/storageAccounts/tableServices/tables/entities/write',
  },
];

/** The roles that the host lacks at the account, where no larger role stands in for them. */
export const missingHostRoles = ({ rbac }: Pick<World, 'rbac'>, principalId: string, scope: string): string[] =>
  HOST_ROLES.filter(({ dataAction }) => !rbac.allows({ principalId, dataAction, scope })).map(({ role }) => role);

/** Whether this principal may write the package. */
export const mayWriteBlobs = ({ rbac }: Pick<World, 'rbac'>, principalId: string, scope: string): boolean =>
  rbac.allows({ principalId, dataAction: `${BLOBS}/write`, scope });

/** The network from which the platform's own requests reach storage. */
export const platformStands = ({ id, subnetId, routesAll }: Site): string | undefined =>
  subnetId !== undefined && routesAll ? id : undefined;
