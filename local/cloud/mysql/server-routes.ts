import { page } from '../arm/page.ts';
import type { Call, Route, World } from '../service.ts';
import { deleteServer } from './delete-server.ts';
import { listedBy } from './find-server.ts';
import type { MySql } from './mysql.ts';
import { SERVER_TYPES, type Server } from './server.ts';

export type ServerWire<S extends Server> = {
  generation: S['generation'];
  apiVersions: string[];
  of(call: Call): S;
  json(server: S, call: Call): unknown;
  put: Route['handle'];
  patch: Route['handle'];
};

/** 2017-12-01 has no `nextLink`; no document has the page size of flexible servers. */
const PAGE_SIZES: Record<Server['generation'], number> = { single: Number.POSITIVE_INFINITY, flexible: 100 };

/** Routes of both generations: read, list by subscription and by group, write, delete. */
export const serverRoutes = <S extends Server>(world: World, mysql: MySql, wire: ServerWire<S>): Route[] => {
  const type = SERVER_TYPES[wire.generation];
  const groups = '/subscriptions/{subscription}/resourceGroups/{group}/providers';
  const arm = (method: string, path: string, action: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path,
    apiVersions: wire.apiVersions,
    action: `${type}/${action}`,
    handle,
  });
  const isOurs = (server: Server): server is S => server.generation === wire.generation;
  const list = (call: Call) => {
    const found = mysql.servers.all().filter(isOurs).filter(listedBy(call));
    return page(call, found, PAGE_SIZES[wire.generation], (server) => wire.json(server, call));
  };
  return [
    arm('GET', `/subscriptions/{subscription}/providers/${type}`, 'read', list),
    arm('GET', `${groups}/${type}`, 'read', list),
    arm('GET', `${groups}/${type}/{server}`, 'read', (call) => ({ status: 200, body: wire.json(wire.of(call), call) })),
    arm('PUT', `${groups}/${type}/{server}`, 'write', wire.put),
    arm('PATCH', `${groups}/${type}/{server}`, 'write', wire.patch),
    arm('DELETE', `${groups}/${type}/{server}`, 'delete', (call) =>
      deleteServer(world, mysql.servers, wire.of(call), call),
    ),
  ];
};
