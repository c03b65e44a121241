import { z } from 'zod';
import type { Answer, Call, Route, World } from '../service.ts';
import { AzureError } from './error.ts';
import type { Lock } from './locks.ts';
import { page } from './page.ts';
import { readBody } from './read-body.ts';
import { normalScope, within } from './scope.ts';

export const LOCKS = 'Microsoft.Authorization/locks';

const apiVersions = ['2016-09-01', '2017-04-01', '2020-05-01'];

const lockBody = z.object({
  properties: z.object({ level: z.enum(['CanNotDelete', 'ReadOnly']), notes: z.string().max(512).optional() }),
});

/** Management locks as extensions of any scope, 2020-05-01. */
export const lockRoutes = (world: World): Route[] => {
  const route = (method: string, path: string, verb: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path: `/{scope*}/providers/${LOCKS}${path}`,
    apiVersions,
    action: `${LOCKS}/${verb}`,
    handle,
  });
  return [
    route('GET', '', 'read', (call) => page(call, listed(world, call).map(lockJson))),
    route('GET', '/{name}', 'read', (call) => {
      const found = world.locks.get(scopeOf(call), nameOf(call));
      if (found) return { status: 200, body: lockJson(found) };
      throw new AzureError(404, 'LockNotFound', `The lock '${nameOf(call)}' could not be found.`);
    }),
    route('PUT', '/{name}', 'write', (call) => put(world, call)),
    route('DELETE', '/{name}', 'delete', (call) => ({
      status: world.locks.remove(scopeOf(call), nameOf(call)) ? 200 : 204,
    })),
  ];
};

const scopeOf = ({ params }: Call): string => `/${params['scope'] ?? ''}`;
const nameOf = ({ params }: Call): string => params['name'] ?? '';

const lockJson = ({ scope, name, level, notes }: Lock) => ({
  id: `${scope}/providers/${LOCKS}/${name}`,
  type: LOCKS,
  name,
  properties: { level, ...(notes === undefined ? {} : { notes }) },
});

/** A list shows what holds at the scope or below; with atScope() only what is set at the scope itself. */
const listed = ({ locks }: World, call: Call): Lock[] => {
  const scope = normalScope(scopeOf(call));
  const only = /^atScope\(\)$/i.test(call.query.get('$filter') ?? '');
  return locks.all().filter((lock) => {
    const at = normalScope(lock.scope);
    return only ? at === scope : within(at, scope);
  });
};

const put = ({ locks }: World, call: Call): Answer => {
  const { properties } = readBody(lockBody, call.body);
  const existed = locks.get(scopeOf(call), nameOf(call)) !== undefined;
  const lock = locks.put({ scope: scopeOf(call), name: nameOf(call), ...properties });
  return { status: existed ? 200 : 201, body: lockJson(lock) };
};
