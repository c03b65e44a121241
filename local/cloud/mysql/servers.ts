import type { FlexibleServer, Server, SingleServer } from './server.ts';

/** Every server of the world, by resource id without regard to case. */
export type Servers = {
  all(): Server[];
  get(id: string): Server | undefined;
  single(id: string): SingleServer | undefined;
  flexible(id: string): FlexibleServer | undefined;
  put(server: Server): void;
  remove(id: string): void;
};

export const createServers = (): Servers => {
  const byId = new Map<string, Server>();
  const get = (id: string) => byId.get(id.toLowerCase());
  return {
    all: () => [...byId.values()],
    get,
    single: (id) => {
      const server = get(id);
      return server?.generation === 'single' ? server : undefined;
    },
    flexible: (id) => {
      const server = get(id);
      return server?.generation === 'flexible' ? server : undefined;
    },
    put: (server) => {
      byId.set(server.id.toLowerCase(), server);
    },
    remove: (id) => {
      byId.delete(id.toLowerCase());
    },
  };
};
