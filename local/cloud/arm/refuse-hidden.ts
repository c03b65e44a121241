import type { World } from '../service.ts';
import { AzureError } from './error.ts';
import { parseResourceId } from './resource-id.ts';

/**
 * Azure Resource Manager's answer for a hidden path. The answer depends on the missing part: the subscription, the group or the
 * resource.
 */
export const refuseHidden = ({ subscriptions }: World, path: string): void => {
  const scope = subscriptions.hiddenBy(path);
  if (scope === undefined) return;
  const [, , subscription = '', groups, group = ''] = scope.split('/');
  const resource = parseResourceId(scope);
  if (resource) {
    const message = `The Resource '${resource.type}/${resource.name}' under resource group '${resource.group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
    throw new AzureError(404, 'ResourceNotFound', message);
  }
  if (groups === undefined)
    throw new AzureError(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
  throw new AzureError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
};
