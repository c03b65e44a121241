import { AzureError } from '../arm/error.ts';
import { sameId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';
import type { IdentityBody } from './flexible-server-body.ts';
import type { DataEncryption, FlexibleServer } from './server.ts';

type Identities = FlexibleServer['identities'];

/** The identities after an update: a given identity is added and looked up anew, `null` takes it away, the others stay. */
export const mergedIdentities = (world: World, before: Identities, identity: IdentityBody | undefined): Identities => {
  if (identity?.type === 'None') return {};
  const given = Object.entries(identity?.userAssignedIdentities ?? {});
  const kept = Object.entries(before).filter(([id]) => !given.some(([other]) => sameId(id, other)));
  const assigned = given.filter(([, value]) => value !== null).map(([id]) => [id, lookUp(world, id)] as const);
  return Object.fromEntries([...kept, ...assigned]);
};

const lookUp = (world: World, id: string) => {
  const principal = world.entra.managedIdentity(id);
  if (principal) return { principalId: principal.objectId, clientId: principal.appId ?? principal.objectId };
  throw new AzureError(
    400,
    'FailedIdentityOperation',
    `Identity operation for resource failed with error 'Failed to perform resource identity operation. Status: ` +
      `'NotFound'. The Resource '${id}' was not found.'`,
  );
};

/** Data encryption may only use identities that the server has. */
export const refuseUnassigned = (identities: Identities, encryption: DataEncryption): void => {
  const used = [encryption.primaryUserAssignedIdentityId, encryption.geoBackupUserAssignedIdentityId];
  const missing = used.filter((id) => id && !Object.keys(identities).some((assigned) => sameId(assigned, id)));
  if (missing.length === 0) return;
  throw new AzureError(
    400,
    'InvalidParameterValue',
    `The user-assigned identity '${missing.join(', ')}' of dataEncryption is not assigned to the server; put it in identity.userAssignedIdentities.`,
  );
};
