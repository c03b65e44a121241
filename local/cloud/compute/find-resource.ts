import { AzureError } from '../arm/error.ts';
import { resourceId, sameId } from '../arm/resource-id.ts';
import type { Call } from '../service.ts';
import type { ById } from './by-id.ts';
import type { ComputeResource } from './compute-resource.ts';

/** Subscription, group and name as the path names them. */
export const placeIn = ({ params }: Call) => ({
  subscription: params['subscription'] ?? '',
  group: params['group'] ?? '',
  name: params['name'] ?? '',
});

/** The resource that a path names, or 404 ResourceNotFound. */
export const resourceIn = <T extends ComputeResource>(resources: ById<T>, type: string, call: Call): T => {
  const place = placeIn(call);
  const found = resources.get(resourceId({ ...place, type }));
  if (found) return found;
  throw new AzureError(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${place.name}' under resource group '${place.group}' was not found. ` +
      'For more details please go to https://aka.ms/ARMResourceNotFoundFix',
  );
};

/** Whether a resource is in the subscription, or resource group, of a list's path. */
export const isListedBy =
  ({ params: { subscription = '', group } }: Call) =>
  (resource: ComputeResource): boolean =>
    sameId(resource.subscription, subscription) && (group === undefined || sameId(resource.group, group));
