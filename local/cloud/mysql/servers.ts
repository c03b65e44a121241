import type { FlexibleServer, Server, SingleServer } from './server.ts';

/** Every server of the world, by resource id without regard to case. */
export type Servers = {
  all(): Server[];
  get(id: string): Server | undefined;
  single(id: string): SingleServer | undefined;
  flexible(id: string): FlexibleServer | undefined;
  /** The servers that were made from another server. */
  copies(): Server[];
  put(server: Server): void;
  remove(id: string): void;
};

export const createServers = (): Servers => {
  const byId = new Map<string, Server>();
  const copies = new Set<Server>();
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
    copies: () => [...copies],
    put: (server) => {
      byId.set(server.id.toLowerCase(), server);
      if (server.copiedFrom) copies.add(server);
    },
    remove: (id) => {
      const removed = get(id);
      byId.delete(id.toLowerCase());
      if (removed) copies.delete(removed);
    },
  };
};
