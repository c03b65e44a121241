import { activityLogRoom } from './activity-log/activity-log-room.ts';
import { createArmPlane } from './arm/arm-plane.ts';
import { createAuthorizationRoom } from './arm/authorization-room.ts';
import { createLocksRoom } from './arm/locks-room.ts';
import { sameId } from './arm/resource-id.ts';
import { createSubscriptionRoom } from './arm/subscription-room.ts';
import { computeRoom } from './compute/compute-room.ts';
import type { FullWorld } from './create-world.ts';
import { createLoginPlane } from './entra/login-plane.ts';
import type { Signer } from './entra/signer.ts';
import { createVerifier } from './entra/verify-token.ts';
import { eventGridRoom } from './event-grid/event-grid-room.ts';
import type { Incoming } from './incoming.ts';
import { keyVaultRoom } from './key-vault/key-vault-room.ts';
import { managedIdentityRoom } from './managed-identity/managed-identity-room.ts';
import { alertsRoom } from './monitor/alerts-room.ts';
import { monitorRoom } from './monitor/monitor-room.ts';
import { mysqlRoom } from './mysql/mysql-room.ts';
import type { Plane } from './plane.ts';
import { createGraphIndex } from './resource-graph/graph-index.ts';
import { resourceGraphRoom } from './resource-graph/resource-graph-room.ts';
import { resourceHealthRoom } from './resource-health/resource-health-room.ts';
import type { Room } from './room.ts';
import { createVaultPlane } from './vault-plane.ts';

/** One world behind Azure's own endpoints. */
export type Azure = { rooms: Room[]; planeOf(incoming: Incoming): Plane };

/** Vaults and subscriptions have events. */
const hasTopic = ({ keyVault, subscriptions }: FullWorld, id: string): boolean =>
  keyVault.vaults().some((vault) => sameId(vault.id, id)) ||
  subscriptions.get(/^\/subscriptions\/([^/]+)$/i.exec(id)?.[1] ?? '') !== undefined;

/** The table of rooms: adding one is one line here. */
const createRooms = (world: FullWorld): Room[] => {
  const rooms: Room[] = [
    keyVaultRoom(world, world.keyVault),
    mysqlRoom(world, world.mysql),
    computeRoom(world, world.compute),
    eventGridRoom({ ...world, hasTopic: (id) => hasTopic(world, id) }),
    activityLogRoom(world),
    resourceHealthRoom(world, world.mysql),
    managedIdentityRoom(world, world.managedIdentities),
    createAuthorizationRoom(world),
    createLocksRoom(world),
    alertsRoom(world.alerts),
    monitorRoom(world, world.diagnosticSettings, (id) => resources().some((resource) => sameId(resource.id, id))),
  ];
  const resources = () => rooms.flatMap((room) => room.resources?.() ?? []);
  const index = createGraphIndex(
    world,
    rooms.flatMap(({ graph }) => graph ?? []),
  );
  return [createSubscriptionRoom(world, resources), resourceGraphRoom(world, index), ...rooms];
};

export const createAzure = (world: FullWorld, signer: Signer): Azure => {
  const rooms = createRooms(world);
  const routes = rooms.flatMap((room) => room.routes);
  const exists = (id: string) => rooms.some((room) => (room.graph?.resources?.(id).length ?? 0) > 0);
  const verify = createVerifier(world.entra, signer, world.clock.now);
  const tenantOf = (vault: string) => world.keyVault.vault(vault)?.tenantId ?? world.entra.tenantId;
  const on = (plane: 'arm' | 'vault') => routes.filter((route) => route.plane === plane);
  const arm = createArmPlane({ world, routes: on('arm'), verify, exists });
  const vault = createVaultPlane({ world, routes: on('vault'), verify, tenantOf });
  const login = createLoginPlane(world.entra, signer, world.log);
  return {
    rooms,
    planeOf: ({ host }) => {
      if (host.endsWith('.vault.azure.net')) return vault;
      return host === 'management.azure.com' ? arm : login;
    },
  };
};
