import type { Clock } from '../../clock/clock.ts';
import { guid } from '../draw.ts';
import type { Switches } from '../room.ts';
import { type Grant, isEffective, permits, reaches } from './access.ts';
import { builtInRoles, permission } from './built-in-roles.ts';
import type { Rbac, RoleDefinition } from './rbac.ts';
import { normalScope, within } from './scope.ts';

/** Role definitions (the built-in ones to begin with) and assignments (none). */
export const createRbac = (clock: Clock, switches: Switches): Rbac => {
  const definitions = [...builtInRoles];
  let grants: Grant[] = [];
  const propagated = () => clock.now() + switches.propagationSeconds * 1000;
  const live = () => grants.filter((grant) => grant.until === undefined);
  const find = (role: string): RoleDefinition | undefined =>
    definitions.find((each) => [each.name, each.roleName.toLowerCase()].includes(role.toLowerCase()));

  return {
    allows: (asked) =>
      grants.some(
        (grant) =>
          grant.principalId === asked.principalId &&
          isEffective(grant, clock.now()) &&
          reaches(grant, asked.scope) &&
          find(grant.role)?.permissions.some((each) => permits(each, asked)),
      ),
    define: ({ roleName, permissions, scopes }) => {
      const made: RoleDefinition = {
        name: guid('role', roleName, ...scopes),
        roleName,
        description: roleName,
        kind: 'CustomRole',
        permissions: permissions.map(permission),
        assignableScopes: scopes,
      };
      definitions.push(made);
      return made;
    },
    definition: find,
    definitions: () => [...definitions],
    assign: ({ scope, role, principalId, principalType = 'ServicePrincipal', name, madeBy = '' }) => {
      const definition = find(role);
      if (!definition) throw new Error(`There is no role '${role}'.`);
      const grant: Grant = {
        name: name ?? guid('assignment', normalScope(scope), definition.name, principalId),
        scope,
        role: definition.name,
        principalId,
        principalType,
        madeAt: clock.now(),
        from: propagated(),
        madeBy,
      };
      grants.push(grant);
      return grant;
    },
    unassign: (scope, name) => {
      const found = live().find(
        (each) => each.name === name.toLowerCase() && normalScope(each.scope) === normalScope(scope),
      );
      if (found) found.until = propagated();
      return found;
    },
    dropScope: (scope) => {
      grants = grants.filter((grant) => !within(normalScope(grant.scope), normalScope(scope)));
    },
    assignments: live,
  };
};
