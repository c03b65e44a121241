import type { Caller } from '../caller.ts';
import type { Matched } from '../router.ts';
import type { Route, World } from '../service.ts';
import { denyAssignmentId } from './deny-assignments.ts';
import { AzureError } from './error.ts';
import { refuseHidden } from './refuse-hidden.ts';
import { refuseUnregistered } from './registrations.ts';
import { refuseWhileDeleted } from './resource-group-routes.ts';
import { scopeOf } from './scope.ts';

/** Throws unless the subscription exists in the caller's tenant, the caller has the right, and the resource group exists. */
export const authorize = (world: World, { route, params }: Matched<Route>, caller: Caller, path: string): void => {
  const subscription = subscriptionOf(path);
  if (subscription !== undefined) checkSubscription(world, subscription, caller);
  refuseHidden(world, path);
  const scope = scopeOf(path);
  if (route.action && !world.rbac.allows({ principalId: caller.objectId, action: route.action, scope })) {
    throw authorizationFailed(caller, route.action, scope);
  }
  if (route.action) refuseDenied(world, caller, route.action, scope);
  if (subscription !== undefined) {
    refuseDisabled(world, subscription, route);
    if (isWrite(route)) refuseUnregistered(world, subscription, path);
  }
  const { group } = params;
  if (subscription !== undefined && group !== undefined) checkGroup(world, subscription, group, route);
};

const isWrite = ({ method, readsOnly }: Route): boolean => method !== 'GET' && method !== 'HEAD' && !readsOnly;

const checkGroup = ({ subscriptions }: World, subscription: string, name: string, { method }: Route): void => {
  const group = subscriptions.group(subscription, name);
  if (!group) throw new AzureError(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
  if (method === 'PUT' || method === 'PATCH') refuseWhileDeleted(group);
};

const refuseDenied = ({ denials }: World, { appId, name, objectId }: Caller, action: string, scope: string): void => {
  const denying = denials.denying({ principalId: objectId, action, scope });
  if (denying === undefined) return;
  throw new AzureError(
    403,
    'DenyAssignmentAuthorizationFailed',
    `The client '${appId ?? name}' with object id '${objectId}' has permission to perform action '${action}' on scope '${scope}'; however, the access is denied because of the deny assignment with name '${denying.name}' and Id '${denyAssignmentId(denying)}' at scope '${denying.scope}'.`,
  );
};

/** The subscription in a path, if there is one. */
export const subscriptionOf = (path: string): string | undefined => /^\/subscriptions\/([^/]+)/i.exec(path)?.[1];

const checkSubscription = ({ subscriptions }: World, id: string, caller: Caller): void => {
  const known = subscriptions.get(id);
  if (!known) throw new AzureError(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);
  if (known.tenantId === caller.tenantId) return;
  const message = `The access token is from the wrong issuer 'https://sts.windows.net/${caller.tenantId}/'. It must match the tenant 'https://sts.windows.net/${known.tenantId}/' associated with this subscription.`;
  throw new AzureError(401, 'InvalidAuthenticationTokenTenant', message);
};

/** Reads go on in a disabled subscription ("Reactivate a disabled Azure subscription"). */
const refuseDisabled = ({ subscriptions }: World, id: string, route: Route): void => {
  if (subscriptions.get(id)?.disabled !== true || !isWrite(route)) return;
  const message = `The subscription '${id}' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.`;
  throw new AzureError(409, 'ReadOnlyDisabledSubscription', message);
};

/** The 403 of Azure Resource Manager, word for word. */
export const authorizationFailed = (caller: Caller, action: string, scope: string): AzureError =>
  new AzureError(
    403,
    'AuthorizationFailed',
    `The client '${caller.appId ?? caller.name}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
