import { recordManualAct } from '../activity-log/record-manual-act.ts';
import { parseResourceId, sameId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';
import { IDENTITY_TYPE } from './managed-identities.ts';

/**
 * Somebody deletes identities: those that resources have of their own vanish from Entra alone, user-assigned ones are
 * resources, whose deletion is a write. Answers which were there.
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
