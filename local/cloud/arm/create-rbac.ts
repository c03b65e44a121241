import type { Clock } from '../../clock/clock.ts';
import type { Switches } from '../service.ts';
import { isEffective, permits, reaches } from './access.ts';
import { type Attempted, holds } from './assignment-condition.ts';
import { createGrants } from './grants.ts';
import { parseCondition } from './parse-condition.ts';
import type { Asked, Rbac, RoleAssignment } from './rbac.ts';
import { createRoleDefinitions } from './role-definitions.ts';

/** The subject of such a request is known only after its body, or the assignment that it names, has been read. */
const OF_ASSIGNMENTS = /^Microsoft\.Authorization\/roleAssignments\/(write|delete)$/i;

const lets = ({ condition }: RoleAssignment, tried: Attempted): boolean =>
  condition === undefined || holds(parseCondition(condition), tried);

const operationOf = (asked: Asked): string => ('action' in asked ? asked.action : asked.dataAction);

/**
 * `groupsOf`: object ids of the groups that a principal is in. `above`: the management groups above what lies in a subscription.
 */
export type Surroundings = { groupsOf(principalId: string): string[]; above(scope: string): string[] };

const NOTHING: Surroundings = { groupsOf: () => [], above: () => [] };

/** Role definitions (the built-in ones to begin with) and assignments (none). */
export const createRbac = (clock: Clock, switches: Switches, { groupsOf, above }: Surroundings = NOTHING): Rbac => {
  const { permissionsOf, ...own } = createRoleDefinitions(clock, switches);
  const { definition } = own;
  const grants = createGrants(clock, switches);
  const giving = (asked: Asked) =>
    [asked.principalId, ...groupsOf(asked.principalId)]
      .flatMap(grants.of)
      .filter(
        (grant) =>
          isEffective(grant, clock.now()) &&
          [asked.scope, ...above(asked.scope)].some((scope) => reaches(grant, scope)) &&
          permissionsOf(grant.role).some((each) => permits(each, asked)),
      );
  return {
    allows: (asked) => {
      const action = operationOf(asked);
      return giving(asked).some((grant) => OF_ASSIGNMENTS.test(action) || lets(grant, { action }));
    },
    mayChange: (principalId, scope, tried) =>
      giving({ principalId, scope, action: tried.action }).some((grant) => lets(grant, tried)),
    ...own,
    assign: ({ role, ...grant }) => {
      const found = definition(role);
      if (!found) throw new Error(`There is no role '${role}'.`);
      if (grant.condition !== undefined) parseCondition(grant.condition);
      return grants.add({ ...grant, role: found.name });
    },
    rewrite: grants.rewrite,
    unassign: grants.remove,
    dropScope: grants.dropScope,
    assignments: grants.live,
  };
};
