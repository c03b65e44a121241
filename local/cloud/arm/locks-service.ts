import { z } from 'zod';
import { recordManualAct } from '../activity-log/record-manual-act.ts';
import type { Service, World } from '../service.ts';
import { LOCKS, lockRoutes } from './lock-routes.ts';

const named = z.object({ scope: z.string().startsWith('/'), name: z.string().min(1).default('lock') });
const lock = named.extend({ level: z.enum(['CanNotDelete', 'ReadOnly']).default('CanNotDelete') });

const parameters = { scope: 'id of a subscription, resource group or resource', 'name?': "'lock' when left out" };

/** Microsoft.Authorization/locks: they forbid every caller to delete or change a resource, whatever roles the caller has. */
export const createLocksService = (world: World): Service => {
  const { locks } = world;
  const told = (scope: string, name: string, verb: 'write' | 'delete') =>
    recordManualAct(world, { target: `${scope}/providers/${LOCKS}/${name}`, operationName: `${LOCKS}/${verb}` });
  return {
    name: 'locks',
    routes: lockRoutes(world),
    snapshot: () => locks.all(),
    breaks: [
      {
        name: 'lock',
        title: 'Lock a scope against deletion or every change',
        parameters: { ...parameters, 'level?': 'CanNotDelete (the default) or ReadOnly' },
        run: (input) => {
          const put = locks.put(lock.parse(input));
          told(put.scope, put.name, 'write');
          return put;
        },
      },
    ],
    repairs: [
      {
        name: 'unlock',
        title: 'Take a lock away',
        parameters,
        run: (input) => {
          const { scope, name } = named.parse(input);
          if (!locks.remove(scope, name)) throw new Error(`There is no lock '${name}' at ${scope}.`);
          told(scope, name, 'delete');
          return { unlocked: scope };
        },
      },
    ],
  };
};
