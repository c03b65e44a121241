import { AzureError } from '../arm/error.ts';
import { readBody } from '../arm/read-body.ts';
import { sameId } from '../arm/resource-id.ts';
import { guid } from '../draw.ts';
import { refuseUnlinked } from '../managed-identity/linked-access.ts';
import type { Call, World } from '../service.ts';
import type { ResourceStore } from '../stored-resources/resource-store.ts';
import type { StoredResource, WrittenResource } from '../stored-resources/stored-resource.ts';
import type { StoredType } from '../stored-resources/stored-type.ts';
import { freeAddress } from './address-range.ts';
import {
  type Connection,
  child,
  ENDPOINT_PROPERTIES,
  type EndpointProperties,
  type SubnetProperties,
  tracked,
  ZONE_GROUP_PROPERTIES,
  type ZoneGroupProperties,
} from './network-bodies.ts';
import { NETWORK_TYPES, parentOf } from './network-types.ts';
import { addressOf, type ConnectionStatus, connectionsOf, subnetOfEndpoint } from './private-link.ts';
import { linkedType, partsOf } from './private-link-targets.ts';
import { NETWORK_VERSIONS } from './virtual-networks.ts';

const SUCCEEDED = { provisioningState: 'Succeeded' };
const bad = (code: string, message: string) => new AzureError(400, code, message);

type Asked = { connections: Connection[]; manual: Connection[]; subnet: string };

const askedOf = ({ properties }: StoredResource): Asked => {
  const { subnet, ...given } = properties as EndpointProperties;
  return {
    subnet: subnet.id,
    connections: given.privateLinkServiceConnections,
    manual: given.manualPrivateLinkServiceConnections,
  };
};

const refuseTarget = (exists: (id: string) => boolean, { properties }: Connection): void => {
  const { privateLinkServiceId: id, groupIds } = properties;
  if (!exists(id))
    throw bad(
      'InvalidResourceReference',
      `Resource ${id} referenced by the private endpoint was not found. Please make sure that the referenced resource exists.`,
    );
  const parts = Object.keys(partsOf(id));
  const wrong = groupIds.find((group) => !parts.some((part) => sameId(part, group)));
  if (wrong !== undefined)
    throw bad(
      'PrivateEndpointInvalidGroupId',
      `The group id '${wrong}' is not known to ${id}; it has: ${parts.join(', ') || 'none'}.`,
    );
};

const described = (status: ConnectionStatus, description: string) => (connection: Connection) => ({
  ...connection,
  properties: {
    ...connection.properties,
    ...SUCCEEDED,
    privateLinkServiceConnectionState: { status, description, actionsRequired: 'None' },
  },
});

/**
 * An existing connection keeps its state, whatever the next PUT of its endpoint says; a new connection has the requested state.
 */
const settled =
  (existing: StoredResource | undefined, status: ConnectionStatus, description: string) => (one: Connection) => {
    const before = existing && connectionsOf(existing).find(({ name }) => sameId(name, one.name));
    const state = before?.properties.privateLinkServiceConnectionState;
    return described(state?.status ?? status, state?.description ?? description)(one);
  };

const addressIn = (store: ResourceStore, { id, properties }: StoredResource): string => {
  const subnet = (properties as EndpointProperties).subnet.id;
  const { addressPrefix, addressPrefixes } = (store.get(subnet)?.properties ?? {}) as Partial<SubnetProperties>;
  const others = store
    .ofType(NETWORK_TYPES.endpoint)
    .filter((one) => !sameId(one.id, id) && sameId(subnetOfEndpoint(one), subnet));
  const address = freeAddress(addressPrefix ?? addressPrefixes?.[0] ?? '', others.map(addressOf));
  if (address) return address;
  throw bad('SubnetIsFull', `Subnet ${subnet} does not have enough capacity for 1 IP addresses.`);
};

const nameOf = (id: string): string => id.split('/').at(-1)?.toLowerCase() ?? '';
const fqdnOf = (id: string): string => {
  const zone =
    Object.values(partsOf(id))[0]
      ?.replace(/^privatelink\./, '')
      .replace('vaultcore', 'vault') ?? '';
  return `${nameOf(id)}.${zone}`;
};

/**
 * The caller that makes an endpoint needs the right to join its subnet, and may approve its connection at the target. Without
 * that right only connections are allowed that wait until another caller approves them.
 */
const refuseRights = (world: World, resource: StoredResource, call: Call): void => {
  const { subnet, connections } = askedOf(resource);
  const linking = { id: resource.id, write: `${NETWORK_TYPES.endpoint}/write` };
  refuseUnlinked(world, call, { ...linking, action: `${NETWORK_TYPES.subnet}/join/action`, scopes: [subnet] });
  for (const { properties } of connections) {
    const { privateLinkServiceId: target } = properties;
    const action = `${linkedType(target)}/PrivateEndpointConnectionsApproval/action`;
    refuseUnlinked(world, call, { ...linking, action, scopes: [target] });
  }
};

/** An endpoint as Azure keeps it: its connections with their states, its network interface and its address. */
const completed = (store: ResourceStore, resource: StoredResource, existing?: StoredResource): StoredResource => {
  const { connections, manual } = askedOf(resource);
  const address = existing ? addressOf(existing) : addressIn(store, resource);
  const target = [...connections, ...manual][0]?.properties.privateLinkServiceId ?? '';
  const interfaces = resource.id.replace(/privateEndpoints\/[^/]+$/i, 'networkInterfaces');
  return {
    ...resource,
    properties: {
      ...resource.properties,
      ...SUCCEEDED,
      privateLinkServiceConnections: connections.map(settled(existing, 'Approved', 'Auto-Approved')),
      manualPrivateLinkServiceConnections: manual.map(settled(existing, 'Pending', 'Awaiting Approval')),
      networkInterfaces: [{ id: `${interfaces}/${resource.name}.nic.${guid('nic', resource.id.toLowerCase())}` }],
      customDnsConfigs: [{ fqdn: fqdnOf(target), ipAddresses: [address] }],
    },
  };
};

export const privateEndpointType = (
  world: World,
  store: ResourceStore,
  exists: (id: string) => boolean,
): StoredType => ({
  type: NETWORK_TYPES.endpoint,
  apiVersions: NETWORK_VERSIONS,
  place: 'region',
  patch: 'tags',
  read: (body) => readBody(tracked(ENDPOINT_PROPERTIES), body) as WrittenResource,
  refuse: (resource, call) => {
    const { subnet, connections, manual } = askedOf(resource);
    if (!store.get(subnet))
      throw bad('InvalidResourceReference', `Resource ${subnet} referenced by the private endpoint was not found.`);
    if (connections.length + manual.length !== 1)
      throw bad(
        'PrivateEndpointMustHaveOneConnection',
        `Private endpoint ${resource.name} must have exactly one connection.`,
      );
    for (const one of [...connections, ...manual]) refuseTarget(exists, one);
    refuseRights(world, resource, call);
  },
  complete: (resource, existing) => completed(store, resource, existing),
});

export const zoneGroupType = (store: ResourceStore): StoredType => ({
  type: NETWORK_TYPES.zoneGroup,
  apiVersions: NETWORK_VERSIONS,
  place: 'parent',
  patch: 'tags',
  read: (body) => readBody(child(ZONE_GROUP_PROPERTIES), body) as WrittenResource,
  refuse: ({ id, properties }) => {
    const { privateDnsZoneConfigs } = properties as ZoneGroupProperties;
    const missing = privateDnsZoneConfigs.find(({ properties: zone }) => !store.get(zone.privateDnsZoneId));
    if (missing)
      throw bad(
        'InvalidResourceReference',
        `Resource ${missing.properties.privateDnsZoneId} referenced by the DNS zone group was not found.`,
      );
    const other = store.below(parentOf(id), NETWORK_TYPES.zoneGroup).find((one) => !sameId(one.id, id));
    if (other)
      throw bad(
        'MoreThanOnePrivateDnsZoneGroupPerPrivateEndpointNotAllowed',
        `Private endpoint ${nameOf(parentOf(id))} already has the private DNS zone group ${other.name}.`,
      );
  },
  complete: (resource) => ({ ...resource, properties: { ...resource.properties, ...SUCCEEDED } }),
});
