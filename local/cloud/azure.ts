import { activityLogRoom } from './activity-log/activity-log-room.ts';
import { createArmPlane } from './arm/arm-plane.ts';
import { createAuthorizationRoom } from './arm/authorization-room.ts';
import { endGroup } from './arm/end-group.ts';
import { createLocksRoom } from './arm/locks-room.ts';
import { sameId } from './arm/resource-id.ts';
import { createRestrictionsRoom } from './arm/restrictions-room.ts';
import { createSubscriptionRoom } from './arm/subscription-room.ts';
import type { Caller } from './caller.ts';
import { computeRoom } from './compute/compute-room.ts';
import type { FullWorld } from './create-world.ts';
import { createGraphPlane, GRAPH_HOST } from './entra/graph/graph-plane.ts';
import { registrationsRoom } from './entra/graph/registrations-room.ts';
import { groupsRoom } from './entra/group-verbs.ts';
import { createLoginPlane } from './entra/login-plane.ts';
import type { Signer } from './entra/signer.ts';
import { createVerifier } from './entra/verify-token.ts';
import { TOPIC_DOMAIN } from './event-grid/custom-topics.ts';
import { eventGridRoom } from './event-grid/event-grid-room.ts';
import { createTopicPlane } from './event-grid/topic-plane.ts';
import type { Incoming } from './incoming.ts';
import { keyVaultRoom } from './key-vault/key-vault-room.ts';
import { servesKeys } from './key-vault/vault.ts';
import { vaultArrival } from './key-vault/vault-arrival.ts';
import { managedIdentityRoom } from './managed-identity/managed-identity-room.ts';
import { alertsRoom } from './monitor/alerts-room.ts';
import { createLogQueryPlane, LOG_QUERY_HOST } from './monitor/log-query-plane.ts';
import { monitorRoom } from './monitor/monitor-room.ts';
import { mysqlRoom } from './mysql/mysql-room.ts';
import { connectionsShownBy } from './network/endpoint-connections.ts';
import { networkRoom } from './network/network-room.ts';
import { type RuleWrite, refuseRules, type ServiceNetwork } from './network/subnet-rules.ts';
import { placesRoom } from './places/places-room.ts';
import type { Plane } from './plane.ts';
import { createGraphIndex } from './resource-graph/graph-index.ts';
import { resourceGraphRoom } from './resource-graph/resource-graph-room.ts';
import { resourceHealthRoom } from './resource-health/resource-health-room.ts';
import type { Room } from './room.ts';
import type { Emulated } from './storage/container-routes.ts';
import { createEmulated } from './storage/emulated.ts';
import { createRelay, type StorageEmulator } from './storage/emulator.ts';
import { createStoragePlane } from './storage/storage-plane.ts';
import { storageRoom } from './storage/storage-room.ts';
import { unplayedRoom } from './unplayed/unplayed-room.ts';
import { createVaultPlane } from './vault-plane.ts';
import { getFrom } from './web/get-from.ts';
import { createReleasePlane } from './web/release-plane.ts';
import { RELEASE_HOST } from './web/releases.ts';
import { createScmPlane } from './web/scm-plane.ts';
import { SCM_DOMAIN, SITE_DOMAIN } from './web/site.ts';
import { createSitePlane, type HostBeside } from './web/site-plane.ts';
import { resourcesIn, type Surroundings } from './web/surroundings.ts';
import { webRoom } from './web/web-room.ts';
import { CHAT_HOSTS, WEBHOOK_HOST } from './webhook/webhook.ts';
import { createWebhookPlane } from './webhook/webhook-plane.ts';
import { webhookRoom } from './webhook/webhook-room.ts';
import { hearAlerts } from './worlds/hear-alerts.ts';

/** What is beside a world: where its storage keeps data, a host that nobody deployed, and what a process of a resource needs to reach the cloud. */
export type Beside = Pick<Surroundings, 'environmentOf'> & {
  emulator: StorageEmulator | undefined;
  hostBeside: HostBeside;
};

/** One world behind Azure's own endpoints. */
export type Azure = { rooms: Room[]; planeOf(incoming: Incoming): Plane };

/** Vaults and subscriptions have events, and custom topics take them. */
const hasTopic = ({ keyVault, subscriptions, eventGrid }: FullWorld, id: string): boolean =>
  eventGrid.customTopics.get(id) !== undefined ||
  keyVault.vaults().some((vault) => sameId(vault.id, id)) ||
  subscriptions.get(/^\/subscriptions\/([^/]+)$/i.exec(id)?.[1] ?? '') !== undefined;

/** The table of rooms: adding one is one line here. */
const createRooms = (world: FullWorld, emulated: Emulated): Room[] => {
  const networkOf = (service: RuleWrite['service']): ServiceNetwork => ({
    refuseRules: (call, asked) => refuseRules(world, world.stored, call, { service, ...asked }),
    connections: (id) => connectionsShownBy(world.stored, id),
  });
  const rooms: Room[] = [
    keyVaultRoom(world, world.keyVault, networkOf('Microsoft.KeyVault')),
    mysqlRoom(world, world.mysql),
    computeRoom(world, world.compute),
    eventGridRoom({ ...world, hasTopic: (id) => hasTopic(world, id) }),
    activityLogRoom(world),
    resourceHealthRoom(world, world.mysql),
    managedIdentityRoom(world, world.managedIdentities),
    createAuthorizationRoom(world, () => served()),
    createLocksRoom(world),
    createRestrictionsRoom(world),
    alertsRoom(world, (hearing) => hearAlerts(world, hearing)),
    unplayedRoom(world),
    groupsRoom(world),
    placesRoom(world, (group) => end(group)),
    registrationsRoom(world),
    webhookRoom(world.webhook),
    storageRoom(world, world.storage, emulated, networkOf('Microsoft.Storage')),
    networkRoom({ world, store: world.stored, network: world.network, exists: (id) => isThere(id) }),
    monitorRoom(world, (id) => isThere(id)),
    webRoom(world),
  ];
  const isThere = (id: string) => resources().some((resource) => sameId(resource.id, id));
  const resources = () => rooms.flatMap((room) => room.resources?.() ?? []);
  const index = createGraphIndex(
    world,
    rooms.flatMap(({ graph }) => graph ?? []),
  );
  const served = () => rooms.flatMap(({ routes }) => routes).flatMap(({ action }) => action ?? []);
  const end = endGroup(world, () => rooms);
  return [createSubscriptionRoom(world, resources, end), resourceGraphRoom(world, index), ...rooms];
};

export const createAzure = (
  world: FullWorld,
  signer: Signer,
  { emulator, hostBeside, environmentOf }: Beside,
): Azure => {
  const relay = emulator && createRelay(emulator);
  const rooms = createRooms(world, createEmulated(relay));
  const routes = rooms.flatMap((room) => room.routes);
  const exists = (id: string) => rooms.some((room) => (room.graph?.resources?.(id).length ?? 0) > 0);
  const verify = createVerifier(world.entra, signer, world.clock.now);
  const tenantOf = (vault: string) => world.keyVault.vault(vault)?.tenantId ?? world.entra.tenantId;
  const on = (plane: 'arm' | 'vault') => routes.filter((route) => route.plane === plane);
  const arm = createArmPlane({ world, routes: on('arm'), verify, exists });
  const resolves = (vault: string) => {
    const found = world.keyVault.vault(vault);
    return found !== undefined && servesKeys(found);
  };
  const reaches = (name: string, caller: Caller) => {
    const found = world.keyVault.vault(name);
    return found === undefined || vaultArrival(world, found, caller) !== undefined;
  };
  const vault = createVaultPlane({ world, routes: on('vault'), verify, tenantOf, resolves, reaches });
  const login = createLoginPlane(world, signer);
  const graph = createGraphPlane(world, verify);
  const webhook = createWebhookPlane(world.webhook);
  const logs = createLogQueryPlane(world, verify);
  const topics = createTopicPlane(world, verify);
  const byHost: readonly (readonly [end: string, plane: Plane])[] = [
    ['.vault.azure.net', vault],
    ['management.azure.com', arm],
    ['.core.windows.net', createStoragePlane(world, verify, relay)],
    [GRAPH_HOST, graph],
    [WEBHOOK_HOST, webhook],
    ...CHAT_HOSTS.map((host) => [host.replace('*', ''), webhook] as const),
    [LOG_QUERY_HOST, logs],
    [TOPIC_DOMAIN, topics],
    [SCM_DOMAIN, createScmPlane(world, world.web, verify)],
    [SITE_DOMAIN, createSitePlane(world, { web: world.web, hostBeside })],
    [RELEASE_HOST, createReleasePlane(world.web.releases)],
  ];
  const planeOf = ({ host }: Pick<Incoming, 'host'>): Plane => byHost.find(([end]) => host.endsWith(end))?.[1] ?? login;
  world.web.surround({ environmentOf, get: getFrom(planeOf), resourcesOf: resourcesIn(rooms) });
  return { rooms, planeOf };
};
