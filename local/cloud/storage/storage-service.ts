import { monitorRoutes } from '../arm/operation-routes.ts';
import { sameId } from '../arm/resource-id.ts';
import type { ServiceNetwork } from '../network/subnet-rules.ts';
import type { Service, World } from '../service.ts';
import { accountJson } from './account-json.ts';
import { accountRoutes } from './account-routes.ts';
import { containerRoutes, type Emulated } from './container-routes.ts';
import { STORAGE_VERSIONS } from './find-account.ts';
import { immutabilityRoutes } from './immutability-routes.ts';
import { lifecycleRoutes } from './lifecycle-routes.ts';
import { serviceRoutes } from './service-routes.ts';
import type { Storage } from './storage.ts';
import { ACCOUNT_TYPE, type StorageAccount } from './storage-account.ts';

/** Microsoft.Storage: accounts, their services, containers, and immutability policies. */
export const storageService = (
  world: World,
  storage: Storage,
  emulated: Emulated,
  network: ServiceNetwork,
): Service => {
  const shown = (account: StorageAccount) =>
    accountJson(account, network.connections(account.id), world.entra.managedIdentity(account.id));
  return {
    name: 'storage',
    routes: [
      ...accountRoutes(world, storage, network),
      ...serviceRoutes(storage),
      ...containerRoutes(world, storage, emulated),
      ...immutabilityRoutes(world, storage),
      ...lifecycleRoutes(world, storage),
      ...monitorRoutes(world.operations, 'Microsoft.Storage', STORAGE_VERSIONS, ['asyncoperations']),
    ],
    breaks: [],
    resources: () =>
      storage.accounts().map(({ id, name, location, tags, kind, sku }) => ({
        id,
        name,
        type: ACCOUNT_TYPE,
        location,
        tags,
        kind,
        sku,
      })),
    remove: (id) => {
      const found = storage.byId(id);
      if (found) storage.remove(found);
    },
    graph: {
      resources: (id) =>
        storage
          .accounts()
          .filter((account) => id === undefined || sameId(account.id, id))
          .map(shown),
    },
    snapshot: () =>
      storage.accounts().map((account) => ({
        ...shown(account),
        containers: [...account.containers.values()].map(({ name, policy, blobs }) => ({
          name,
          ...(policy && { policy }),
          blobs: blobs.size,
        })),
      })),
  };
};
