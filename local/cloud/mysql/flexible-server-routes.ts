import { page } from '../arm/page.ts';
import { readBody } from '../arm/read-body.ts';
import { sameId } from '../arm/resource-id.ts';
import { systemDataJson } from '../arm/system-data.ts';
import { refuseUnassignable } from '../managed-identity/linked-access.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import { newFlexibleServer } from './add-server.ts';
import { capabilityRoutes } from './capability-routes.ts';
import { asksForCopy } from './copy-body.ts';
import { flexibleServerOf, placeOf, serverId } from './find-server.ts';
import { CREATE, UPDATE } from './flexible-server-body.ts';
import { flexibleServerJson } from './flexible-server-json.ts';
import { refuseOtherChanges } from './flexible-server-unchanged.ts';
import { updateFlexibleServer } from './flexible-server-update.ts';
import type { MySql } from './mysql.ts';
import { putFlexibleCopy } from './put-copy.ts';
import { tryEncryption } from './revalidate.ts';
import { FLEXIBLE_WRITE, type FlexibleServer, type Server } from './server.ts';
import { accepted, failOnRefusal, PROVIDER, written } from './server-operations.ts';
import { serverRoutes } from './server-routes.ts';
import { mergedIdentities, refuseUnassigned } from './user-identities.ts';

const GROUP = `/subscriptions/{subscription}/resourceGroups/{group}/providers/${PROVIDER}`;

type ShowServer = (server: FlexibleServer, call: Call) => unknown;

/** The stable versions with customer-managed keys in use, and the one that the Azure CLI 2.91 speaks. */
export const FLEXIBLE_VERSIONS = ['2023-12-30', '2024-12-30', '2025-06-01-preview'];

/** The replicas of a server, which the Azure CLI gives the key of their source before the source itself. */
const replicaRoute = (of: (call: Call) => FlexibleServer, mysql: MySql, json: ShowServer): Route => ({
  plane: 'arm',
  method: 'GET',
  path: `${GROUP}/flexibleServers/{server}/replicas`,
  apiVersions: FLEXIBLE_VERSIONS,
  action: `${PROVIDER}/flexibleServers/replicas/read`,
  handle: (call) => {
    const source = of(call);
    const isReplica = ({ copiedFrom }: Server) => copiedFrom?.mode === 'Replica' && sameId(copiedFrom.id, source.id);
    const replicas = mysql.servers
      .all()
      .filter(isReplica)
      .filter((one) => one.generation === 'flexible');
    return page(call, replicas, 100, (replica) => json(replica, call));
  },
});

/** Microsoft.DBforMySQL/flexibleServers. */
export const flexibleServerRoutes = (world: World, mysql: MySql): Route[] => {
  const json = (server: FlexibleServer, { apiVersion }: Call) => ({
    ...flexibleServerJson(server, apiVersion, {
      busy: world.operations.running(server.id) !== undefined,
      copies: mysql.servers.copies(),
    }),
    ...systemDataJson(world, server),
  });
  const of = (call: Call) => flexibleServerOf(mysql.servers, call);
  return [
    ...serverRoutes<FlexibleServer>(world, mysql, {
      generation: 'flexible',
      apiVersions: FLEXIBLE_VERSIONS,
      of,
      json,
      put: (call) => (asksForCopy(call.body) ? putFlexibleCopy(world, mysql, call) : putServer(world, mysql, call)),
      patch: (call) => {
        const update = readBody(UPDATE, call.body);
        refuseOtherChanges(json(of(call), call), update);
        return updateFlexibleServer(world, mysql, of(call), call, update);
      },
    }),
    replicaRoute(of, mysql, json),
    ...capabilityRoutes(FLEXIBLE_VERSIONS),
  ];
};

const putServer = (world: World, mysql: MySql, call: Call): Answer => {
  const { location, tags, sku, identity, properties } = readBody(CREATE, call.body);
  const { dataEncryption, administratorLogin, version, storage } = properties;
  const id = serverId(call, 'flexible');
  const existing = mysql.servers.flexible(id);
  if (existing)
    return updateFlexibleServer(world, mysql, existing, call, { tags, identity, properties: { dataEncryption } });
  refuseUnassignable(world, call, { id: id, write: FLEXIBLE_WRITE, identity });
  const identities = mergedIdentities(world, {}, identity);
  if (dataEncryption) refuseUnassigned(identities, dataEncryption);
  return accepted(
    world,
    call,
    { id, location },
    {
      kind: 'create',
      run: async () => {
        if (dataEncryption) failOnRefusal(await tryEncryption(world, { identities, dataEncryption }));
        const server = newFlexibleServer(world, {
          ...placeOf(call),
          location,
          administratorLogin,
          ...(tags ? { tags } : {}),
          ...(sku ? { sku } : {}),
          ...(version ? { version } : {}),
          ...(storage?.storageSizeGB ? { storageGB: storage.storageSizeGB } : {}),
        });
        mysql.put({ ...server, identities, ...(dataEncryption ? { dataEncryption } : {}) });
        written(world, server);
        return flexibleServerJson(server, call.apiVersion, { busy: false, copies: mysql.servers.copies() });
      },
    },
  );
};
