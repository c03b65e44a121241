import { AzureError } from '../arm/error.ts';
import type { ResourceStore } from '../stored-resources/resource-store.ts';
import type { SubnetProperties } from './network-bodies.ts';
import { NETWORK_TYPES } from './network-types.ts';

/** The delegation that a plan demands of the subnet of its apps; the Flex plan takes `Microsoft.App/environments` alone. */
export type SubnetDemand = { delegation: 'Microsoft.App/environments' | 'Microsoft.Web/serverFarms' };

/**
 * Throws the reason why no app can be put into a subnet: it is not there, not delegated to the service that runs the app, or has
 * a name that this service refuses.
 */
export const refuseSubnet = (store: ResourceStore, id: string, { delegation }: SubnetDemand): void => {
  const subnet = store.get(id);
  const bad = (message: string) => new AzureError(400, 'BadRequest', message);
  if (subnet?.type !== NETWORK_TYPES.subnet) throw bad(`Subnet '${id}' could not be found.`);
  const { delegations } = subnet.properties as SubnetProperties;
  if (!delegations.some(({ properties }) => properties.serviceName.toLowerCase() === delegation.toLowerCase()))
    throw bad(`Subnet '${subnet.name}' must be delegated to '${delegation}'.`);
  if (delegation === 'Microsoft.App/environments' && subnet.name.includes('_'))
    throw bad(`Subnet name '${subnet.name}' must not contain an underscore.`);
};
