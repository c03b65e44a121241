import { sameId } from '../arm/resource-id.ts';
import type { ResourceStore } from '../stored-resources/resource-store.ts';
import type { StoredResource } from '../stored-resources/stored-resource.ts';
import type { Connection, EndpointProperties, LinkProperties, ZoneGroupProperties } from './network-bodies.ts';
import { NETWORK_TYPES } from './network-types.ts';

/** The target of a private endpoint: a resource, or a part of it (`vault`, `blob`). `zone` is that of its private name. */
export type Target = { id: string; part: string; zone: string };

export type ConnectionStatus = 'Approved' | 'Pending' | 'Rejected' | 'Disconnected';

/** A connection of a private endpoint, with its state at the target. */
export type StoredConnection = Connection & {
  properties: { privateLinkServiceConnectionState: { status: ConnectionStatus; description: string } };
};

const propertiesOf = <T>({ properties }: StoredResource): T => properties as T;

export const subnetOfEndpoint = (endpoint: StoredResource): string =>
  propertiesOf<EndpointProperties>(endpoint).subnet.id;

/** The connections of an endpoint: those approved by its maker, and those that wait for an approval. */
export const connectionsOf = (endpoint: StoredResource): StoredConnection[] => {
  const { privateLinkServiceConnections, manualPrivateLinkServiceConnections } =
    propertiesOf<EndpointProperties>(endpoint);
  return [...privateLinkServiceConnections, ...manualPrivateLinkServiceConnections] as StoredConnection[];
};

export const addressOf = ({ properties }: StoredResource): string =>
  (properties['customDnsConfigs'] as { ipAddresses: string[] }[])[0]?.ipAddresses[0] ?? '';

/** Private endpoints that a target has approved. */
export const approvedEndpoints = (store: ResourceStore, { id, part }: Target): StoredResource[] =>
  store
    .ofType(NETWORK_TYPES.endpoint)
    .filter((endpoint) =>
      connectionsOf(endpoint).some(
        ({ properties: { privateLinkServiceId, groupIds, privateLinkServiceConnectionState: state } }) =>
          state.status === 'Approved' &&
          sameId(privateLinkServiceId, id) &&
          groupIds.some((group) => sameId(group, part)),
      ),
    );

/** Whether a private endpoint has put its address into a zone. */
export const registersIn = (store: ResourceStore, endpoint: StoredResource, zone: string): boolean =>
  store
    .below(endpoint.id, NETWORK_TYPES.zoneGroup)
    .flatMap((group) => propertiesOf<ZoneGroupProperties>(group).privateDnsZoneConfigs)
    .some(({ properties }) => sameId(properties.privateDnsZoneId, zone));

export type LinkedZone = { id: string; redirects: boolean };

/** The zone by which a network resolves a name; `redirects`: names that are not in the zone are looked up in public DNS. */
export const linkedZone = (store: ResourceStore, network: string, name: string): LinkedZone | undefined => {
  for (const zone of store.ofType(NETWORK_TYPES.zone)) {
    if (!sameId(zone.name, name)) continue;
    for (const link of store.below(zone.id, NETWORK_TYPES.link)) {
      const { virtualNetwork, resolutionPolicy } = propertiesOf<LinkProperties>(link);
      if (sameId(virtualNetwork.id, network))
        return { id: zone.id, redirects: resolutionPolicy === 'NxDomainRedirect' };
    }
  }
  return undefined;
};
