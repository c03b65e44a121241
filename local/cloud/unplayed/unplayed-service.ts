import { resourceTypeOf, sameId } from '../arm/resource-id.ts';
import type { FullWorld } from '../create-world.ts';
import type { GraphRow, Service } from '../service.ts';
import { storedRoutes } from '../stored-resources/stored-routes.ts';
import { componentType, processingRuleType, workbookType, workspaceType } from './unplayed-types.ts';

/**
 * Resources that a deployment makes and that have no effect in this cloud: checked as Azure checks them, kept, shown, deleted.
 */
export const unplayedService = (world: FullWorld): Service => {
  const { stored } = world;
  const types = [workspaceType(world), componentType(world, stored), workbookType(world), processingRuleType()];
  const all = () => types.flatMap(({ type }) => stored.ofType(type));
  return {
    name: 'unplayed',
    breaks: [],
    routes: types.flatMap((type) => storedRoutes(stored, type)),
    resources: () => all().map((one) => ({ ...one, location: one.location ?? 'global' })),
    remove: (id) => {
      if (types.some(({ type }) => sameId(type, resourceTypeOf(id)))) stored.remove(id);
    },
    graph: { resources: (id) => all().filter((one) => id === undefined || sameId(one.id, id)) as GraphRow[] },
    snapshot: () => all(),
  };
};
