import { AzureError } from '../arm/error.ts';
import { resourceTypeOf } from '../arm/resource-id.ts';
import type { Call, World } from '../service.ts';
import type { ResourceDestination } from './event-subscription.ts';

const WRITE = 'Microsoft.EventGrid/eventSubscriptions/write';

/**
 * "If you're using an event handler that isn't a WebHook, you need write access to that resource" (Event Grid, authorizing
 * access). No document names that action; here it is the write of the resource's own type.
 */
export const refuseUnwritable = (
  { rbac }: Pick<World, 'rbac'>,
  { caller, path }: Call,
  resource: ResourceDestination | undefined,
): void => {
  if (!resource) return;
  const { resourceId: scope } = resource;
  const action = `${resourceTypeOf(scope)}/write`;
  if (rbac.allows({ principalId: caller.objectId, action, scope })) return;
  throw new AzureError(
    403,
    'LinkedAuthorizationFailed',
    `The client '${caller.appId ?? caller.name}' with object id '${caller.objectId}' has permission to perform action ` +
      `'${WRITE}' on scope '${path}'; however, it does not have permission to perform action(s) '${action}' on the ` +
      `linked scope(s) '${scope}' (respectively) or the linked scope(s) are invalid.`,
  );
};
