/**
 * The right that a write of a vault needs at every subnet in the network rules of the vault, beside the right to write the vault.
 * Resource Manager checks the linked scopes of a request, also for rules that the vault has already (Microsoft Learn, "Virtual
 * network service endpoints": provisioning).
 */
export const JOIN_SUBNET = 'Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action';

export const isJoiningSubnets = (action: string): boolean => action.toLowerCase() === JOIN_SUBNET.toLowerCase();
