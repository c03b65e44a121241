import { operationRoutes } from '../arm/operation-routes.ts';
import type { GraphRow, Service, World } from '../service.ts';
import { endServer } from './delete-server.ts';
import { flexibleServerJson } from './flexible-server-json.ts';
import { FLEXIBLE_VERSIONS, flexibleServerRoutes } from './flexible-server-routes.ts';
import { identityJson } from './identity-json.ts';
import { keyUsage } from './key-check.ts';
import type { MySql } from './mysql.ts';
import { mysqlVerbs } from './mysql-verbs.ts';
import { SERVER_TYPES, type Server } from './server.ts';
import { serverKeyRoutes } from './server-key-routes.ts';
import { PROVIDER } from './server-operations.ts';
import { singleServerJson } from './single-server-json.ts';
import { singleServerRoutes } from './single-server-routes.ts';

const API_VERSIONS = ['2017-12-01', '2020-01-01', ...FLEXIBLE_VERSIONS];

/** Microsoft.DBforMySQL: both generations, their operations, and the verbs that break or repair them. */
export const mysqlService = (world: World, mysql: MySql): Service => ({
  name: 'mysql',
  routes: [
    ...singleServerRoutes(world, mysql),
    ...serverKeyRoutes(world, mysql),
    ...flexibleServerRoutes(world, mysql),
    ...operationRoutes(world.operations, PROVIDER, API_VERSIONS),
  ],
  ...mysqlVerbs(world, mysql),
  graph: { resources: (id) => graphServers(world, mysql, id) },
  resources: () => mysql.servers.all().map(summary),
  remove: (id) => {
    const server = mysql.servers.get(id);
    if (server) endServer(world, mysql.servers, server);
  },
  snapshot: () => mysql.servers.all().map(snapshot),
});

/** Servers as the newest stable versions show them. */
const graphServers = (world: World, { servers }: MySql, id?: string): GraphRow[] => {
  const copies = servers.copies();
  const wanted = id === undefined ? servers.all() : [servers.get(id)].flatMap((server) => server ?? []);
  return wanted.map((server) => {
    if (server.generation === 'single') return singleServerJson(server, copies);
    return flexibleServerJson(server, '2024-12-30', {
      busy: world.operations.running(server.id) !== undefined,
      copies,
    });
  });
};

const summary = (server: Server) => ({
  id: server.id,
  name: server.name,
  type: SERVER_TYPES[server.generation],
  location: server.location,
  tags: server.tags,
  sku: server.sku,
  ...identityJson(server),
});

const snapshot = (server: Server) => ({
  id: server.id,
  ...keyUsage(server),
  ...server.availability,
  ...(server.copiedFrom ? { copiedFrom: server.copiedFrom } : {}),
  ...(server.generation === 'flexible' && server.geoBackupLoss ? { geoBackupLoss: server.geoBackupLoss } : {}),
});
