import { AzureError } from '../arm/error.ts';
import type { Call, World } from '../service.ts';

const ACTION = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action';

/** A write (`write` is its action) that puts user-assigned identities on the resource `id`. */
export type Assignment = {
  id: string;
  write: string;
  identity: { userAssignedIdentities?: Record<string, unknown> | undefined } | undefined;
};

/** A write (`write` is its action) on the resource `id` that needs a second action at the resources to which its body refers. */
export type Linking = { id: string; write: string; action: string; scopes: readonly string[] };

/** A caller that names another resource in a write must be allowed an action there; else 403 LinkedAuthorizationFailed. */
export const refuseUnlinked = (world: World, { caller }: Call, { id, write, action, scopes }: Linking): void => {
  const { objectId: principalId, appId, name } = caller;
  const denied = scopes.filter((scope) => !world.rbac.allows({ principalId, action, scope }));
  if (denied.length === 0) return;
  throw new AzureError(
    403,
    'LinkedAuthorizationFailed',
    `The client '${appId ?? name}' with object id '${principalId}' has permission to perform action ` +
      `'${write}' on scope '${id}'; however, it does not have permission to perform ` +
      `action(s) '${action}' on the linked scope(s) '${denied.join(',')}' (respectively) or the linked scope(s) are invalid.`,
  );
};

/** A caller that puts an identity on a resource must be allowed to assign it. */
export const refuseUnassignable = (world: World, call: Call, { id, write, identity }: Assignment): void =>
  refuseUnlinked(world, call, {
    id,
    write,
    action: ACTION,
    scopes: Object.keys(identity?.userAssignedIdentities ?? {}),
  });
