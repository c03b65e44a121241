import { z } from 'zod';
import type { Room, World } from '../room.ts';
import { lockRoutes } from './lock-routes.ts';

const named = z.object({ scope: z.string().startsWith('/'), name: z.string().min(1).default('lock') });
const lock = named.extend({ level: z.enum(['CanNotDelete', 'ReadOnly']).default('CanNotDelete') });

const parameters = { scope: 'id of a subscription, resource group or resource', 'name?': "'lock' when left out" };

/** Microsoft.Authorization/locks: what nobody may delete or change, whatever their roles. */
export const createLocksRoom = (world: World): Room => {
  const { locks } = world;
  return {
    name: 'locks',
    routes: lockRoutes(world),
    snapshot: () => locks.all(),
    breaks: [
      {
        name: 'lock',
        title: 'Lock a scope against deletion or every change',
        parameters: { ...parameters, 'level?': 'CanNotDelete (the default) or ReadOnly' },
        run: (input) => locks.put(lock.parse(input)),
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
          return { unlocked: scope };
        },
      },
    ],
  };
};
