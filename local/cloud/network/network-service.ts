import { z } from 'zod';
import { resourceTypeOf, sameId } from '../arm/resource-id.ts';
import { VAULT_VERSIONS } from '../key-vault/find-vault.ts';
import { VAULT_TYPE } from '../key-vault/vault-body.ts';
import type { GraphRow, Service, World } from '../service.ts';
import type { ResourceStore } from '../stored-resources/resource-store.ts';
import { storedRoutes } from '../stored-resources/stored-routes.ts';
import type { StoredType } from '../stored-resources/stored-type.ts';
import { endpointConnectionRoutes } from './endpoint-connections.ts';
import type { Network } from './network.ts';
import { zoneLinkType, zoneType } from './private-dns.ts';
import { privateEndpointType, zoneGroupType } from './private-endpoints.ts';
import { peeringType, subnetType, virtualNetworkType } from './virtual-networks.ts';

export type NetworkServiceParts = {
  world: World;
  store: ResourceStore;
  network: Network;
  /** Whether a resource of any service exists. */
  exists(id: string): boolean;
};

const joining = z.object({ resource: z.string().startsWith('/'), subnet: z.string().startsWith('/').optional() });

/** Microsoft.Network as far as it decides which requests pass. Its writes take effect at once. */
export const networkService = ({ world, store, network, exists }: NetworkServiceParts): Service => {
  const types: StoredType[] = [
    virtualNetworkType(store, network),
    subnetType(store, network),
    peeringType(store),
    privateEndpointType(world, store, exists),
    zoneGroupType(store),
    zoneType(store),
    zoneLinkType(store),
  ];
  return {
    name: 'network',
    routes: [
      ...types.flatMap((type) => storedRoutes(store, type)),
      ...endpointConnectionRoutes(store, VAULT_TYPE, VAULT_VERSIONS),
    ],
    breaks: [
      {
        name: 'join-subnet',
        title: 'Have the requests of a resource come from a subnet, or from the public address again',
        parameters: { resource: 'id of the resource, a function app for example', 'subnet?': 'id of the subnet' },
        run: (input) => {
          const { resource, subnet } = joining.parse(input);
          if (subnet !== undefined && !store.get(subnet)) throw new Error(`There is no subnet '${subnet}'.`);
          network.join(resource, subnet);
          return { resource, subnet: subnet ?? 'none' };
        },
      },
    ],
    resources: () => topLevel(store, types).map((one) => ({ ...one, location: one.location ?? 'global' })),
    graph: {
      resources: (id) =>
        topLevel(store, types).filter(
          (one) => id === undefined || one.id.toLowerCase() === id.toLowerCase(),
        ) as GraphRow[],
    },
    remove: (id) => {
      if (types.some(({ type }) => sameId(type, resourceTypeOf(id)))) store.remove(id);
    },
    snapshot: () => types.flatMap(({ type }) => store.ofType(type).map(({ id }) => id)),
  };
};

/** Lists of a whole subscription show no children. */
const topLevel = (store: ResourceStore, types: StoredType[]) =>
  types
    .filter(({ type }) => type.split('/').length === 2)
    .flatMap((type) => store.ofType(type.type).map((one) => type.show?.(one) ?? one));
