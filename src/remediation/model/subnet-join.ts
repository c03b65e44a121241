/**
 * What a write needs at every subnet that it names in network rules of a vault, beside the right to write the vault: Resource
 * Manager checks the linked scopes of a request, also of rules that the vault has already (Microsoft Learn, "Virtual network
 * service endpoints": provisioning).
 */
export const JOIN_SUBNET = 'Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action';

export const isJoiningSubnets = (action: string): boolean => action.toLowerCase() === JOIN_SUBNET.toLowerCase();
