import type { Clock } from '../../clock/clock.ts';
import type { Switches } from '../room.ts';
import { isEffective, permits, reaches } from './access.ts';
import { conditionAllows } from './assignment-condition.ts';
import { createGrants } from './grants.ts';
import type { Asked, Rbac } from './rbac.ts';
import { createRoleDefinitions } from './role-definitions.ts';

const ASSIGN = 'Microsoft.Authorization/roleAssignments/write';

/** Role definitions (the built-in ones to begin with) and assignments (none). */
export const createRbac = (clock: Clock, switches: Switches): Rbac => {
  const { define, definition, definitions } = createRoleDefinitions();
  const grants = createGrants(clock, switches);
  const giving = (asked: Asked) =>
    grants
      .of(asked.principalId)
      .filter(
        (grant) =>
          isEffective(grant, clock.now()) &&
          reaches(grant, asked.scope) &&
          definition(grant.role)?.permissions.some((each) => permits(each, asked)),
      );
  return {
    allows: (asked) => giving(asked).length > 0,
    mayAssign: (principalId, scope, assigning) =>
      giving({ principalId, scope, action: ASSIGN }).some(({ condition }) => conditionAllows(condition, assigning)),
    define,
    definition,
    definitions,
    assign: ({ role, ...grant }) => {
      const found = definition(role);
      if (!found) throw new Error(`There is no role '${role}'.`);
      return grants.add({ ...grant, role: found.name });
    },
    unassign: grants.remove,
    dropScope: grants.dropScope,
    assignments: grants.live,
  };
};
