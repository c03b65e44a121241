import { denyAssignmentId } from '../arm/deny-assignments.ts';
import { AzureError } from '../arm/error.ts';
import { PUBLIC_ADDRESS } from '../network/network.ts';
import type { World } from '../service.ts';
import { policyAllows } from './access-policies.ts';
import { KEY_ACTIONS, type KeyAction } from './key-actions.ts';
import { networkRefusal } from './network.ts';
import { callerText, issuer, type Requester } from './requester.ts';
import { effectiveAccess, type Vault } from './vault.ts';

const forbidden = (inner: string, message: string) => new AzureError(403, 'Forbidden', message, { inner });

const foreignTenant = (vault: Vault, requester: Requester) =>
  new AzureError(
    401,
    'Unauthorized',
    `AKV10032: Invalid issuer. Expected one of ${issuer(vault.tenantId)}, found ${issuer(requester.tenantId)}.`,
  );

/** The text with which the service refuses a caller that no role assignment covers. */
export const forbiddenByRbacMessage = (
  vault: Vault,
  requester: Requester,
  action: string,
  resource: string,
  denyAssignment?: string,
) =>
  [
    'Caller is not authorized to perform action on resource.',
    'If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.',
    `Caller: ${callerText(requester)}`,
    `Action: '${action}'`,
    `Resource: '${resource.toLowerCase()}'`,
    'Assignment: (not found)',
    denyAssignment === undefined ? 'DenyAssignmentId: null' : `DenyAssignmentId: '${denyAssignment}'`,
    `DecisionReason: '${denyAssignment === undefined ? 'DeniedWithNoValidRBAC' : 'DeniedByDenyAssignment'}'`,
    `Vault: ${vault.name};location=${vault.location}`,
  ].join('\r\n');

const accessDeniedMessage = (vault: Vault, requester: Requester, permission: string) =>
  `The user, group or application '${callerText(requester)}' does not have keys ${permission} permission on key vault ` +
  `'${vault.name};location=${vault.location}'. For help resolving this issue, please see ` +
  'https://go.microsoft.com/fwlink/?linkid=2125287';

/** The id under which role assignments at a key, its vault or above it are looked up. */
export const keyScope = (vault: Vault, key?: string) => (key === undefined ? vault.id : `${vault.id}/keys/${key}`);

const denial = (world: World, vault: Vault, requester: Requester, action: KeyAction, key?: string) => {
  const { permission, dataAction } = KEY_ACTIONS[action];
  const { rbac, policies } = effectiveAccess(vault, world.clock.now());
  if (!rbac)
    return policyAllows(policies, { ...requester, groups: world.entra.groups.of(requester.objectId) }, permission)
      ? undefined
      : forbidden('AccessDenied', accessDeniedMessage(vault, requester, permission));
  const scope = keyScope(vault, key);
  const asked = { principalId: requester.objectId, dataAction, scope };
  const denying = world.denials.denying(asked);
  if (denying)
    return forbidden(
      'ForbiddenByRbac',
      forbiddenByRbacMessage(vault, requester, dataAction, scope, denyAssignmentId(denying)),
    );
  return world.rbac.allows(asked)
    ? undefined
    : forbidden('ForbiddenByRbac', forbiddenByRbacMessage(vault, requester, dataAction, scope));
};

/**
 * Lets an operation on the data plane pass or throws the service's refusal: tenant first (401), then the network rules, then the
 * permission under the model that the vault uses at this moment.
 */
export const authorize = (world: World, vault: Vault, requester: Requester, action: KeyAction, key?: string): void => {
  if (vault.tenantId.toLowerCase() !== requester.tenantId.toLowerCase()) throw foreignTenant(vault, requester);
  const { arrival = { by: 'public', address: PUBLIC_ADDRESS } } = requester;
  const refusal = networkRefusal(vault, requester, arrival);
  if (refusal) throw forbidden(refusal.inner, refusal.message);
  const denied = denial(world, vault, requester, action, key);
  if (denied) throw denied;
};
