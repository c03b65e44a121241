import type { World } from '../service.ts';
import type { Site } from './site.ts';
import { accountNamed, type Closed, closedParts, missingHostRoles } from './storage-access.ts';
import { storageConnection } from './storage-connection.ts';
import type { Surroundings } from './surroundings.ts';
import { NODE_VERSIONS } from './versions.ts';

const runtimeObstacles = ({ config: { runtime } }: Site): string[] =>
  runtime.name === 'node' && NODE_VERSIONS.includes(runtime.version)
    ? []
    : [`There is no worker for ${runtime.name} ${runtime.version}.`];

const networkObstacle = ({ host, how }: Closed): string =>
  how === 'unresolved'
    ? `No such host is known. (${host}:443)`
    : `This request is not authorized to perform this operation. Status: 403 (AuthorizationFailure). The network rules of ${host} do not let this app in.`;

const storageObstacles = (world: Seen, around: Surroundings, site: Site): string[] => {
  const connection = storageConnection(world, site);
  if (typeof connection === 'string') return [connection];
  const { account: name, principal } = connection;
  const account = accountNamed(around, name);
  if (!account) return [`No such host is known. (${name}.blob.core.windows.net:443)`];
  const closed = closedParts(world, account, site.id);
  if (closed.length > 0) return closed.map(networkObstacle);
  return missingHostRoles(world, principal.objectId, account.id).map(
    (role) =>
      `This request is not authorized to perform this operation using this permission. Status: 403 (AuthorizationPermissionMismatch). The identity ${principal.appId} does not have the role ${role} on ${name}.`,
  );
};

type Seen = Pick<World, 'entra' | 'rbac' | 'network'>;

/**
 * The reasons why the host of a site cannot start now: it needs its storage before it reads the package. Sentences for people.
 */
export const obstaclesOf = (world: Seen, around: Surroundings, site: Site): string[] => [
  ...runtimeObstacles(site),
  ...storageObstacles(world, around, site),
];
