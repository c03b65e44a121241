import type { Clock } from '../../clock/clock.ts';
import { guid } from '../draw.ts';
import type { Switches } from '../service.ts';
import type { Grant } from './access.ts';
import type { Rbac, RoleAssignment } from './rbac.ts';
import { normalScope, within } from './scope.ts';

/** Role assignments with the time in which they count. `role` is the GUID of a definition. */
export type Grants = {
  add(grant: Parameters<Rbac['assign']>[0]): RoleAssignment;
  rewrite: Rbac['rewrite'];
  remove: Rbac['unassign'];
  dropScope: Rbac['dropScope'];
  /** The grants that were not taken away. A grant that was taken away may still count for a while. */
  live(): RoleAssignment[];
  of(principalId: string): Grant[];
};

export const createGrants = (clock: Clock, switches: Switches): Grants => {
  const grants = new Map<string, Grant[]>();
  const propagated = () => clock.now() + switches.propagationSeconds * 1000;
  const of = (principalId: string) => grants.get(principalId) ?? [];
  const live = () => [...grants.values()].flat().filter(({ until }) => until === undefined);
  return {
    of,
    live,
    add: ({ scope, role, principalId, principalType = 'ServicePrincipal', name, madeBy = '', condition }) => {
      const id = name ?? guid('assignment', normalScope(scope), role, principalId);
      const now = clock.now();
      const made = { name: id, scope, role, principalId, principalType, madeBy, madeAt: now };
      const written = { writtenAt: now, writtenBy: madeBy, ...(condition !== undefined && { condition }) };
      const grant: Grant = { ...made, ...written, from: propagated() };
      grants.set(principalId, [...of(principalId), grant]);
      return grant;
    },
    rewrite: (assignment, by, condition) => {
      delete assignment.condition;
      const written = { writtenAt: clock.now(), writtenBy: by, ...(condition !== undefined && { condition }) };
      return Object.assign(assignment, written);
    },
    remove: (scope, name) => {
      const at = normalScope(scope);
      const found = [...grants.values()]
        .flat()
        .find((each) => each.until === undefined && each.name === name.toLowerCase() && normalScope(each.scope) === at);
      if (found) found.until = propagated();
      return found;
    },
    dropScope: (scope) => {
      for (const [principalId, own] of grants) {
        const kept = own.filter((grant) => !within(normalScope(grant.scope), normalScope(scope)));
        grants.set(principalId, kept);
      }
    },
  };
};
