import { activityLogService } from './activity-log/activity-log-service.ts';
import { createArmPlane } from './arm/arm-plane.ts';
import { createAuthorizationService } from './arm/authorization-service.ts';
import { endGroup } from './arm/end-group.ts';
import { createLocksService } from './arm/locks-service.ts';
import { sameId } from './arm/resource-id.ts';
import { createRestrictionsService } from './arm/restrictions-service.ts';
import { createSubscriptionService } from './arm/subscription-service.ts';
import type { Caller } from './caller.ts';
import { computeService } from './compute/compute-service.ts';
import type { FullWorld } from './create-world.ts';
import { createGraphPlane, GRAPH_HOST } from './entra/graph/graph-plane.ts';
import { registrationsService } from './entra/graph/registrations-service.ts';
import { groupsService } from './entra/group-verbs.ts';
import { createLoginPlane } from './entra/login-plane.ts';
import type { Signer } from './entra/signer.ts';
import { createVerifier } from './entra/verify-token.ts';
import { TOPIC_DOMAIN } from './event-grid/custom-topics.ts';
import { eventGridService } from './event-grid/event-grid-service.ts';
import { createTopicPlane } from './event-grid/topic-plane.ts';
import type { Incoming } from './incoming.ts';
import { keyVaultService } from './key-vault/key-vault-service.ts';
import { servesKeys } from './key-vault/vault.ts';
import { vaultArrival } from './key-vault/vault-arrival.ts';
import { managedIdentityService } from './managed-identity/managed-identity-service.ts';
import { alertsService } from './monitor/alerts-service.ts';
import { createLogQueryPlane, LOG_QUERY_HOST } from './monitor/log-query-plane.ts';
import { monitorService } from './monitor/monitor-service.ts';
import { mysqlService } from './mysql/mysql-service.ts';
import { connectionsShownBy } from './network/endpoint-connections.ts';
import { networkService } from './network/network-service.ts';
import { type RuleWrite, refuseRules, type ServiceNetwork } from './network/subnet-rules.ts';
import { placesService } from './places/places-service.ts';
import type { Plane } from './plane.ts';
import { createGraphIndex } from './resource-graph/graph-index.ts';
import { resourceGraphService } from './resource-graph/resource-graph-service.ts';
import { resourceHealthService } from './resource-health/resource-health-service.ts';
import type { Service } from './service.ts';
import type { Emulated } from './storage/container-routes.ts';
import { createEmulated } from './storage/emulated.ts';
import { createRelay, type StorageEmulator } from './storage/emulator.ts';
import { createStoragePlane } from './storage/storage-plane.ts';
import { storageService } from './storage/storage-service.ts';
import { unplayedService } from './unplayed/unplayed-service.ts';
import { createVaultPlane } from './vault-plane.ts';
import { getFrom } from './web/get-from.ts';
import { createReleasePlane } from './web/release-plane.ts';
import { RELEASE_HOST } from './web/releases.ts';
import { createScmPlane } from './web/scm-plane.ts';
import { SCM_DOMAIN, SITE_DOMAIN } from './web/site.ts';
import { createSitePlane, type HostBeside } from './web/site-plane.ts';
import { resourcesIn, type Surroundings } from './web/surroundings.ts';
import { webService } from './web/web-service.ts';
import { CHAT_HOSTS, WEBHOOK_HOST } from './webhook/webhook.ts';
import { createWebhookPlane } from './webhook/webhook-plane.ts';
import { webhookService } from './webhook/webhook-service.ts';
import { hearAlerts } from './worlds/hear-alerts.ts';

/**
 * The parts beside a world: the emulator that keeps the data of its storage, a host that was not deployed, and the environment by
 * which a process of a resource reaches the cloud.
 */
export type Beside = Pick<Surroundings, 'environmentOf'> & {
  emulator: StorageEmulator | undefined;
  hostBeside: HostBeside;
};

/** One world behind Azure's own endpoints. */
export type Azure = { services: Service[]; planeOf(incoming: Incoming): Plane };

/** Vaults and subscriptions have events, and custom topics take them. */
const hasTopic = ({ keyVault, subscriptions, eventGrid }: FullWorld, id: string): boolean =>
  eventGrid.customTopics.get(id) !== undefined ||
  keyVault.vaults().some((vault) => sameId(vault.id, id)) ||
  subscriptions.get(/^\/subscriptions\/([^/]+)$/i.exec(id)?.[1] ?? '') !== undefined;

/** The table of services: adding one is one line here. */
const createServices = (world: FullWorld, emulated: Emulated): Service[] => {
  const networkOf = (service: RuleWrite['service']): ServiceNetwork => ({
    refuseRules: (call, asked) => refuseRules(world, world.stored, call, { service, ...asked }),
    connections: (id) => connectionsShownBy(world.stored, id),
  });
  const services: Service[] = [
    keyVaultService(world, world.keyVault, networkOf('Microsoft.KeyVault')),
    mysqlService(world, world.mysql),
    computeService(world, world.compute),
    eventGridService({ ...world, hasTopic: (id) => hasTopic(world, id) }),
    activityLogService(world),
    resourceHealthService(world, world.mysql),
    managedIdentityService(world, world.managedIdentities),
    createAuthorizationService(world, () => served()),
    createLocksService(world),
    createRestrictionsService(world),
    alertsService(world, (hearing) => hearAlerts(world, hearing)),
    unplayedService(world),
    groupsService(world),
    placesService(world, (group) => end(group)),
    registrationsService(world),
    webhookService(world.webhook),
    storageService(world, world.storage, emulated, networkOf('Microsoft.Storage')),
    networkService({ world, store: world.stored, network: world.network, exists: (id) => isThere(id) }),
    monitorService(world, (id) => isThere(id)),
    webService(world),
  ];
  const isThere = (id: string) => resources().some((resource) => sameId(resource.id, id));
  const resources = () => services.flatMap((service) => service.resources?.() ?? []);
  const graphs = services.flatMap(({ graph }) => graph ?? []);
  const index = createGraphIndex(world, graphs);
  const routes = () => services.flatMap((service) => service.routes);
  const served = () => routes().flatMap(({ action }) => action ?? []);
  const end = endGroup(world, () => services);
  return [
    createSubscriptionService(world, { resources, served: routes, end }),
    resourceGraphService(world, index),
    ...services,
  ];
};

export const createAzure = (
  world: FullWorld,
  signer: Signer,
  { emulator, hostBeside, environmentOf }: Beside,
): Azure => {
  const relay = emulator && createRelay(emulator);
  const services = createServices(world, createEmulated(relay));
  const routes = services.flatMap((service) => service.routes);
  const exists = (id: string) => services.some((service) => (service.graph?.resources?.(id).length ?? 0) > 0);
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
  world.web.surround({ environmentOf, get: getFrom(planeOf), resourcesOf: resourcesIn(services) });
  return { services, planeOf };
};
