import { AzureError } from '../arm/error.ts';
import { readBody } from '../arm/read-body.ts';
import { sameId } from '../arm/resource-id.ts';
import { guid } from '../draw.ts';
import type { ResourceStore } from '../stored-resources/resource-store.ts';
import type { StoredResource, WrittenResource } from '../stored-resources/stored-resource.ts';
import type { StoredType } from '../stored-resources/stored-type.ts';
import { contains, overlaps, rangeOf } from './address-range.ts';
import type { Network } from './network.ts';
import {
  child,
  NETWORK_PROPERTIES,
  type NetworkProperties,
  PEERING_PROPERTIES,
  SUBNET_PROPERTIES,
  type SubnetProperties,
  tracked,
} from './network-bodies.ts';
import { NETWORK_TYPES, parentOf } from './network-types.ts';
import { subnetOfEndpoint } from './private-link.ts';

/** Api-versions that AzAPI 1.15 and later, Terraform, the Azure CLI and the SDKs send for Microsoft.Network. */
export const NETWORK_VERSIONS = [
  '2023-04-01',
  '2023-09-01',
  '2023-11-01',
  '2024-01-01',
  '2024-05-01',
  '2024-07-01',
  '2024-10-01',
  '2025-01-01',
  '2025-05-01',
  '2026-01-01',
];

const SUCCEEDED = { provisioningState: 'Succeeded' };
const bad = (code: string, message: string) => new AzureError(400, code, message);

const prefixesOf = ({ addressPrefix, addressPrefixes }: SubnetProperties): string[] =>
  addressPrefixes ?? (addressPrefix === undefined ? [] : [addressPrefix]);

type Named = { name: string; properties: SubnetProperties };

/** A subnet lies in the address space of its network and shares no address with another. IPv6 is not looked at. */
const refuseRange = (network: string, space: readonly string[], { name, properties }: Named, others: Named[]): void => {
  const prefixes = prefixesOf(properties);
  if (prefixes.length === 0) throw bad('MissingSubnetAddressPrefix', `Subnet '${name}' has no address prefix.`);
  for (const prefix of prefixes.filter((one) => !one.includes(':'))) {
    const range = rangeOf(prefix);
    if (!range)
      throw bad(
        'InvalidCIDRNotation',
        `The address prefix ${prefix} in resource ${name} has an invalid CIDR notation.`,
      );
    if (!space.flatMap((one) => rangeOf(one) ?? []).some((one) => contains(one, range)))
      throw bad(
        'NetcfgInvalidSubnet',
        `Subnet '${name}' is not valid because its IP address range is outside the IP address range of virtual network '${network}'.`,
      );
    const ranges = others.flatMap((other) => prefixesOf(other.properties)).flatMap((one) => rangeOf(one) ?? []);
    if (ranges.some((one) => overlaps(one, range)))
      throw bad(
        'NetcfgSubnetRangesOverlap',
        `Subnet '${name}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${network}'.`,
      );
  }
};

/** The resources that are in a subnet or have a private endpoint in it. */
const usersOf = (store: ResourceStore, network: Network, subnet: string): string[] => [
  ...network.joined(subnet),
  ...store
    .ofType(NETWORK_TYPES.endpoint)
    .filter((one) => sameId(subnetOfEndpoint(one), subnet))
    .map(({ id }) => id),
];

const refuseInUse = (store: ResourceStore, network: Network, subnet: StoredResource): void => {
  const [user] = usersOf(store, network, subnet.id);
  if (user !== undefined)
    throw bad(
      'InUseSubnetCannotBeDeleted',
      `Subnet ${subnet.name} is in use by ${user} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
    );
};

const subnetOfNetwork = ({ id }: StoredResource, { name, properties }: Named): StoredResource => ({
  id: `${id}/subnets/${name}`,
  name,
  type: NETWORK_TYPES.subnet,
  properties: { ...properties, ...SUCCEEDED },
});

const spaceOf = (network: StoredResource | undefined): string[] =>
  (network?.properties as NetworkProperties | undefined)?.addressSpace.addressPrefixes ?? [];

const namedOf = ({ name, properties }: StoredResource): Named => ({ name, properties: properties as SubnetProperties });

/**
 * A PUT of a network with subnets makes it have these and no others: a subnet made by a request of its own is gone unless the PUT
 * names it. A PUT that leaves subnets out keeps them (Microsoft Learn, "subnet property of virtual networks").
 */
export const virtualNetworkType = (store: ResourceStore, network: Network): StoredType => {
  const inside = (id: string) => store.below(id, NETWORK_TYPES.subnet);
  return {
    type: NETWORK_TYPES.network,
    apiVersions: NETWORK_VERSIONS,
    place: 'region',
    patch: 'tags',
    read: (body) => readBody(tracked(NETWORK_PROPERTIES), body) as WrittenResource,
    refuse: (resource) => {
      const { subnets = inside(resource.id).map(namedOf) } = resource.properties as NetworkProperties;
      for (const [i, one] of subnets.entries()) refuseRange(resource.name, spaceOf(resource), one, subnets.slice(0, i));
      for (const gone of inside(resource.id))
        if (!subnets.some(({ name }) => sameId(name, gone.name))) refuseInUse(store, network, gone);
    },
    complete: ({ properties: { subnets: _subnets, ...properties }, ...resource }) => ({
      ...resource,
      properties: { ...properties, ...SUCCEEDED, resourceGuid: guid('network', resource.id.toLowerCase()) },
    }),
    written: (resource, body) => {
      const { subnets } = readBody(tracked(NETWORK_PROPERTIES), body).properties;
      if (subnets === undefined) return;
      for (const gone of inside(resource.id))
        if (!subnets.some(({ name }) => sameId(name, gone.name))) store.remove(gone.id);
      for (const one of subnets) store.put(subnetOfNetwork(resource, one));
    },
    refuseDeletion: ({ id }) => {
      for (const one of inside(id)) refuseInUse(store, network, one);
    },
    show: (resource) => ({
      ...resource,
      properties: {
        ...resource.properties,
        subnets: inside(resource.id),
        virtualNetworkPeerings: store.below(resource.id, NETWORK_TYPES.peering),
      },
    }),
  };
};

export const subnetType = (store: ResourceStore, network: Network): StoredType => ({
  type: NETWORK_TYPES.subnet,
  apiVersions: NETWORK_VERSIONS,
  place: 'parent',
  patch: 'tags',
  read: (body) => readBody(child(SUBNET_PROPERTIES), body) as WrittenResource,
  refuse: (resource) => {
    const parent = store.get(parentOf(resource.id));
    const others = store
      .below(parentOf(resource.id), NETWORK_TYPES.subnet)
      .filter(({ id }) => !sameId(id, resource.id));
    refuseRange(parent?.name ?? '', spaceOf(parent), namedOf(resource), others.map(namedOf));
  },
  complete: (resource) => ({ ...resource, properties: { ...resource.properties, ...SUCCEEDED } }),
  refuseDeletion: (resource) => refuseInUse(store, network, resource),
});

export const peeringType = (store: ResourceStore): StoredType => ({
  type: NETWORK_TYPES.peering,
  apiVersions: NETWORK_VERSIONS,
  place: 'parent',
  patch: 'tags',
  read: (body) => readBody(child(PEERING_PROPERTIES), body) as WrittenResource,
  refuse: ({ properties }) => {
    const { id } = properties['remoteVirtualNetwork'] as { id: string };
    if (!store.get(id))
      throw bad('InvalidResourceReference', `Resource ${id} referenced by the peering was not found.`);
  },
  complete: (resource) => ({ ...resource, properties: { ...resource.properties, ...SUCCEEDED } }),
  show: (resource) => {
    const { id } = resource.properties['remoteVirtualNetwork'] as { id: string };
    const isMutual = store
      .below(id, NETWORK_TYPES.peering)
      .some(({ properties }) =>
        sameId((properties['remoteVirtualNetwork'] as { id: string }).id, parentOf(resource.id)),
      );
    return { ...resource, properties: { ...resource.properties, peeringState: isMutual ? 'Connected' : 'Initiated' } };
  },
});
