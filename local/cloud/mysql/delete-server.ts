import type { Answer, Call, World } from '../service.ts';
import type { Server } from './server.ts';
import { accepted } from './server-operations.ts';
import type { Servers } from './servers.ts';
import { refuseWhileBusy } from './write-guard.ts';

/** Deletes a server, which every state permits. Its system-assigned identity is deleted with it. */
export const deleteServer = (world: World, servers: Servers, server: Server, call: Call): Answer => {
  refuseWhileBusy(world, server);
  server.dropping = true;
  return accepted(world, call, server, {
    kind: 'delete',
    run: async () => endServer(world, servers, server),
  });
};

/** Ends a server at once, with the role assignments at it and its system-assigned identity. */
export const endServer = (world: World, servers: Servers, server: Server): void => {
  servers.remove(server.id);
  world.rbac.dropScope(server.id);
  if (server.generation === 'single') world.entra.deleteIdentity(server.id);
  world.changed({ kind: 'resourceDeleted', resourceId: server.id, at: world.clock.now() });
};
