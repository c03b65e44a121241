import type { Caller } from '../caller.ts';
import type { Route, World } from '../room.ts';
import type { Matched } from '../router.ts';
import { AzureError } from './error.ts';
import { scopeOf } from './scope.ts';

/** Whether the subscription is there and of the caller's tenant, the caller may, and the resource group is there; else throws. */
export const authorize = (world: World, { route, params }: Matched<Route>, caller: Caller, path: string): void => {
  const subscription = subscriptionOf(path);
  if (subscription !== undefined) checkSubscription(world, subscription, caller);
  const scope = scopeOf(path);
  if (route.action && !world.rbac.allows({ principalId: caller.objectId, action: route.action, scope })) {
    throw authorizationFailed(caller, route.action, scope);
  }
  const { group } = params;
  if (subscription !== undefined && group !== undefined && !world.subscriptions.group(subscription, group)) {
    throw new AzureError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
  }
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

/** The 403 of Azure Resource Manager, word for word. */
export const authorizationFailed = (caller: Caller, action: string, scope: string): AzureError =>
  new AzureError(
    403,
    'AuthorizationFailed',
    `The client '${caller.appId ?? caller.name}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
