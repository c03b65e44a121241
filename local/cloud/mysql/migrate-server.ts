import { recordManualAct } from '../activity-log/record-manual-act.ts';
import type { SimVerb, World } from '../service.ts';
import type { MySql } from './mysql.ts';
import { SERVER_TYPES } from './server.ts';
import { serverIn } from './server-in.ts';

/**
 * Azure migrates a single server by force: it comes back as a flexible server of the same name, and its encryption with a
 * customer-managed key does not ("What's happening to Azure Database for MySQL single server").
 */
export const migrateServer = (world: World, mysql: MySql): SimVerb => ({
  name: 'migrate-server',
  title: 'Azure migrates a MySQL single server by force: it is a flexible server now, without its key',
  parameters: { server: 'name or resource id of a MySQL single server' },
  run: (input) => {
    const server = serverIn(mysql, input);
    if (server.generation !== 'single') throw new Error(`'${server.name}' is a flexible server already.`);
    const { subscription, group, name, location, tags, version, administratorLogin, storageGB } = server;
    mysql.servers.remove(server.id);
    world.rbac.dropScope(server.id);
    world.entra.deleteIdentity(server.id);
    world.changed({ kind: 'resourceDeleted', resourceId: server.id, at: world.clock.now() });
    const place = { subscription, group, name, location, tags };
    const made = mysql.addFlexibleServer({ ...place, version, administratorLogin, storageGB });
    world.changed({ kind: 'resourceWritten', resourceId: made.id, at: world.clock.now() });
    recordManualAct(world, { target: server.id, operationName: `${SERVER_TYPES.single}/delete`, existed: true });
    recordManualAct(world, { target: made.id, operationName: `${SERVER_TYPES.flexible}/write` });
    return { server: made.id };
  },
});
