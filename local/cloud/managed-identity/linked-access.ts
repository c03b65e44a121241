import { AzureError } from '../arm/error.ts';
import type { Call, World } from '../room.ts';

const ACTION = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action';

/** A write (`write` is its action) that puts user-assigned identities on the resource `id`. */
export type Assignment = {
  id: string;
  write: string;
  identity: { userAssignedIdentities?: Record<string, unknown> | undefined } | undefined;
};

/** Whoever puts an identity on a resource must be allowed to assign it; else 403 LinkedAuthorizationFailed. */
export const refuseUnassignable = (world: World, { caller }: Call, { id, write, identity }: Assignment): void => {
  const { objectId: principalId, appId, name } = caller;
  const denied = Object.keys(identity?.userAssignedIdentities ?? {}).filter(
    (scope) => !world.rbac.allows({ principalId, action: ACTION, scope }),
  );
  if (denied.length === 0) return;
  throw new AzureError(
    403,
    'LinkedAuthorizationFailed',
    `The client '${appId ?? name}' with object id '${principalId}' has permission to perform action ` +
      `'${write}' on scope '${id}'; however, it does not have permission to perform ` +
      `action(s) '${ACTION}' on the linked scope(s) '${denied.join(',')}' (respectively) or the linked scope(s) are invalid.`,
  );
};
