/** The types of Microsoft.Network that decide on access. */
export const NETWORK_TYPES = {
  network: 'Microsoft.Network/virtualNetworks',
  subnet: 'Microsoft.Network/virtualNetworks/subnets',
  peering: 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings',
  endpoint: 'Microsoft.Network/privateEndpoints',
  zoneGroup: 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups',
  zone: 'Microsoft.Network/privateDnsZones',
  link: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks',
} as const;

/** The network of a subnet; the parent of any child. */
export const parentOf = (id: string): string => id.split('/').slice(0, -2).join('/');
