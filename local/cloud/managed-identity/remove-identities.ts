import { recordManualAct } from '../activity-log/record-manual-act.ts';
import { parseResourceId, sameId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';
import { IDENTITY_TYPE } from './managed-identities.ts';

/**
 * Deletes identities, as a person does: a system-assigned identity vanishes from Entra alone, a user-assigned one is a resource,
 * whose deletion is a write. Returns the ids that existed.
 */
export const removeIdentities = (world: World, ids: string[]): string[] => {
  const known = ids.filter((id) => world.entra.managedIdentity(id));
  for (const id of known) {
    world.entra.deleteIdentity(id);
    if (!sameId(parseResourceId(id)?.type ?? '', IDENTITY_TYPE)) continue;
    world.changed({ kind: 'identityDeleted', resourceId: id, at: world.clock.now() });
    recordManualAct(world, { target: id, operationName: `${IDENTITY_TYPE}/delete`, existed: true });
  }
  return known;
};
