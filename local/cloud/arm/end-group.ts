import type { Service, World } from '../service.ts';
import { AzureError } from './error.ts';
import { normalScope, within } from './scope.ts';
import type { ResourceGroup } from './subscriptions.ts';

export type EndGroup = (group: Pick<ResourceGroup, 'subscription' | 'name'>) => void;

/** Ends one resource in the service that has it. Returns the error of the service where the resource stays. */
const ended = (services: Service[], id: string): AzureError | undefined => {
  try {
    for (const service of services) service.remove?.(id);
    return undefined;
  } catch (error) {
    if (error instanceof AzureError) return error;
    throw error;
  }
};

/** The deepest resource goes first: no service is asked to end a resource that ended with its parent. */
const deepestFirst = (a: string, b: string): number => b.split('/').length - a.split('/').length;

/**
 * Ends a group with every resource in it. Its vaults can be recovered, once there is a group of that name again. Where a resource
 * cannot be deleted the group stays, without the resources that could be deleted (409 ResourceGroupDeletionBlocked).
 */
export const endGroup =
  ({ rbac, locks, subscriptions }: World, services: () => Service[]): EndGroup =>
  ({ subscription, name }) => {
    const scope = `/subscriptions/${subscription}/resourceGroups/${name}`;
    const inside = services()
      .flatMap((service) => service.resources?.() ?? [])
      .map(({ id }) => id)
      .filter((id) => within(normalScope(id), normalScope(scope)));
    const kept = inside.sort(deepestFirst).filter((id) => ended(services(), id) !== undefined);
    if (kept.length > 0) {
      const message = `Deletion of resource group '${name}' failed as resources with identifiers '${kept.join(', ')}' could not be deleted. The provisioning state of the resource group will be rolled back.`;
      throw new AzureError(409, 'ResourceGroupDeletionBlocked', message);
    }
    rbac.dropScope(scope);
    locks.dropScope(scope);
    subscriptions.removeGroup(subscription, name);
  };
