import type { World } from '../service.ts';
import { type FlexibleServerSpec, newFlexibleServer, newSingleServer, type SingleServerSpec } from './add-server.ts';
import { type CopyPlace, copyOf } from './copy-server.ts';
import { createHealthLoop } from './health-loop.ts';
import type { CopyMode, FlexibleServer, Server, SingleServer } from './server.ts';
import { createServers, type Servers } from './servers.ts';

/** The state of both generations of Azure Database for MySQL. */
export type MySql = {
  servers: Servers;
  /** For builders of worlds: adds a server that exists, is Ready, and uses its key from now on. */
  addSingleServer(spec: SingleServerSpec): SingleServer;
  addFlexibleServer(spec: FlexibleServerSpec): FlexibleServer;
  /** Adds a finished restore or replica; with a customer-managed key it waits for a revalidation. */
  addCopy(source: Server, mode: CopyMode, place: CopyPlace): Server;
  /** Puts a server in place and has its key watched. */
  put<T extends Server>(server: T): T;
  /** Every server uses its key now instead of at its next tick. */
  checkNow(): Promise<void>;
  /** Begins the checks after a server got its first key. */
  watch(): void;
};

export const createMySql = (world: World): MySql => {
  const servers = createServers();
  const loop = createHealthLoop(world, servers);
  const put = <T extends Server>(server: T): T => {
    servers.put(server);
    loop.watch();
    return server;
  };
  return {
    servers,
    put,
    addSingleServer: (spec) => put(newSingleServer(world, spec)),
    addFlexibleServer: (spec) => put(newFlexibleServer(world, spec)),
    addCopy: (source, mode, place) => put(copyOf(world, source, mode, place)),
    checkNow: loop.checkNow,
    watch: loop.watch,
  };
};
