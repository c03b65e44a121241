import { sameId } from '../arm/resource-id.ts';
import type { ResourceStore } from '../stored-resources/resource-store.ts';
import type { StoredResource } from '../stored-resources/stored-resource.ts';
import { freeAddress } from './address-range.ts';
import type { Arrival } from './may-pass.ts';
import type { PeeringProperties, SubnetProperties } from './network-bodies.ts';
import { NETWORK_TYPES, parentOf } from './network-types.ts';
import {
  addressOf,
  approvedEndpoints,
  linkedZone,
  registersIn,
  subnetOfEndpoint,
  type Target,
} from './private-link.ts';

/** `service` is the service endpoint by which a subnet reaches the target: `Microsoft.KeyVault`. */
export type Reached = Target & { service: string };

/**
 * The subnets of resources, and the network path from a resource to another. Every other request comes from the public address.
 */
export type Network = {
  /** Puts a resource into a subnet, or takes it out; its requests come from that subnet at once. */
  join(resourceId: string, subnet: string | undefined): void;
  subnetOf(resourceId: string): string | undefined;
  /** The resources that stand in a subnet. */
  joined(subnet: string): string[];
  /**
   * The path of requests from a resource to a target; undefined where the target's name resolves to no address, or to an address
   * that does not answer.
   */
  arrival(from: string | undefined, target: Reached): Arrival | undefined;
};

/** The public address of every resource without another network path (documentation range). */
export const PUBLIC_ADDRESS = '203.0.113.10';

export const createNetwork = (store: ResourceStore): Network => {
  const places = new Map<string, { resource: string; subnet: string }>();
  const subnetOf = (resourceId: string) => places.get(resourceId.toLowerCase())?.subnet;
  return {
    subnetOf,
    join: (resource, subnet) => {
      if (subnet === undefined) places.delete(resource.toLowerCase());
      else places.set(resource.toLowerCase(), { resource, subnet });
    },
    joined: (subnet) =>
      [...places.values()].filter((place) => sameId(place.subnet, subnet)).map(({ resource }) => resource),
    arrival: (from, target) => {
      const subnet = store.get(from === undefined ? undefined : subnetOf(from));
      return subnet ? arrivalFrom(store, subnet, target) : { by: 'public', address: PUBLIC_ADDRESS };
    },
  };
};

/**
 * The public name of a target resolves to its private name as soon as the target has an approved private endpoint. Then a zone of
 * that private name that is linked to the caller's network decides alone, and has the addresses that endpoints have registered in
 * it.
 */
const arrivalFrom = (store: ResourceStore, subnet: StoredResource, target: Reached): Arrival | undefined => {
  const network = parentOf(subnet.id);
  const endpoints = approvedEndpoints(store, target);
  const zone = endpoints.length > 0 ? linkedZone(store, network, target.zone) : undefined;
  if (zone === undefined) return overPublicName(subnet, target);
  const named = endpoints.find((endpoint) => registersIn(store, endpoint, zone.id));
  if (named === undefined) return zone.redirects ? overPublicName(subnet, target) : undefined;
  if (!connects(store, network, parentOf(subnetOfEndpoint(named)))) return undefined;
  return { by: 'privateEndpoint', address: addressOf(named), endpoint: named.id };
};

const overPublicName = ({ id, properties }: StoredResource, { service }: Reached): Arrival => {
  const { serviceEndpoints, addressPrefix, addressPrefixes } = properties as SubnetProperties;
  const prefix = addressPrefix ?? addressPrefixes?.[0] ?? '';
  // Storage has a second service endpoint, for accounts in other regions.
  const has = serviceEndpoints.some((one) => sameId(one.service.replace(/\.Global$/i, ''), service));
  if (!has) return { by: 'public', address: PUBLIC_ADDRESS };
  return { by: 'serviceEndpoint', address: freeAddress(prefix, []) ?? PUBLIC_ADDRESS, subnet: id };
};

/** Networks reach each other where both have a peering with the other; peerings are not passed on. */
const connects = (store: ResourceStore, one: string, other: string): boolean => {
  const peers = (from: string, to: string) =>
    store.below(from, NETWORK_TYPES.peering).some(({ properties }) => {
      const { remoteVirtualNetwork, allowVirtualNetworkAccess } = properties as PeeringProperties;
      return allowVirtualNetworkAccess && sameId(remoteVirtualNetwork.id, to);
    });
  return sameId(one, other) || (peers(one, other) && peers(other, one));
};
