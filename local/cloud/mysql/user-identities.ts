import { AzureError } from '../arm/error.ts';
import { sameId } from '../arm/resource-id.ts';
import type { Call, World } from '../room.ts';
import type { IdentityBody } from './flexible-server-body.ts';
import type { DataEncryption, FlexibleServer } from './server.ts';

type Identities = FlexibleServer['identities'];

/** Whoever puts an identity on a resource must be allowed to assign it. */
export const refuseForeignIdentities = (world: World, call: Call, id: string, identity: IdentityBody): void => {
  const action = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action';
  const { objectId: principalId, appId, name } = call.caller;
  const denied = Object.keys(identity.userAssignedIdentities).filter(
    (scope) => !world.rbac.allows({ principalId, action, scope }),
  );
  if (denied.length === 0) return;
  throw new AzureError(
    403,
    'LinkedAuthorizationFailed',
    `The client '${appId ?? name}' with object id '${principalId}' has permission to perform action ` +
      `'Microsoft.DBforMySQL/flexibleServers/write' on scope '${id}'; however, it does not have permission to perform ` +
      `action(s) '${action}' on the linked scope(s) '${denied.join(',')}' (respectively) or the linked scope(s) are invalid.`,
  );
};

/** The identities after an update: what is given is added and looked up anew, `null` takes away, the rest stays. */
export const mergedIdentities = (world: World, before: Identities, identity: IdentityBody | undefined): Identities => {
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
