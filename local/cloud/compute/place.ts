import { resourceId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';
import type { ComputePlace, ComputeResource } from './compute-resource.ts';

/** Properties of every new resource; its resource group is made if it is not there. */
export const placed = (world: World, type: string, place: ComputePlace): ComputeResource => {
  const { subscription, group, name, location = 'koreacentral', tags = {} } = place;
  world.subscriptions.addGroup({ subscription, name: group, location });
  const id = resourceId({ subscription, group, type, name });
  return { id, subscription, group, name, location, tags, createdAt: world.clock.now() };
};
