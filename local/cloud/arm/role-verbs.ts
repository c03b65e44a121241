import { z } from 'zod';
import { recordManualAct } from '../activity-log/record-manual-act.ts';
import type { SimVerb, World } from '../service.ts';
import { deployerVerb } from './deployer-verb.ts';
import type { RoleAssignment } from './rbac.ts';
import { ASSIGNMENTS, assignmentId } from './role-assignment-json.ts';

const grant = z.object({ scope: z.string(), role: z.string(), principalId: z.guid() });

const parameters = {
  scope: 'resource id at which the role is held',
  role: 'name or GUID of the role',
  principalId: 'object id of the principal',
};

/** Role assignments taken away and given behind Azure's back: no caller, no permission; they take effect with the delay. */
export const roleVerbs = (world: World): { breaks: SimVerb[]; repairs: SimVerb[] } => {
  const { rbac } = world;
  const told = (assignment: RoleAssignment, verb: 'write' | 'delete') =>
    recordManualAct(world, { target: assignmentId(assignment), operationName: `${ASSIGNMENTS}/${verb}` });
  return {
    breaks: [
      {
        name: 'remove-role-assignment',
        title: 'Take a role away from a principal',
        parameters,
        run: (input) => {
          const { scope, role, principalId } = grant.parse(input);
          const name = rbac.definition(role)?.name;
          const found = rbac
            .assignments()
            .find(
              (each) =>
                each.role === name &&
                each.principalId === principalId &&
                each.scope.toLowerCase() === scope.toLowerCase(),
            );
          if (!found) throw new Error(`'${principalId}' does not hold the role '${role}' at '${scope}'.`);
          const removed = rbac.unassign(found.scope, found.name);
          told(found, 'delete');
          return removed;
        },
      },
    ],
    repairs: [
      deployerVerb(world),
      {
        name: 'add-role-assignment',
        title: 'Give a role to a principal',
        parameters,
        run: (input) => {
          const given = grant.parse(input);
          const isGroup = world.entra.groups.get(given.principalId) !== undefined;
          const made = rbac.assign({ ...given, ...(isGroup && { principalType: 'Group' }) });
          told(made, 'write');
          return made;
        },
      },
    ],
  };
};
