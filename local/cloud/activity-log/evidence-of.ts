import { permits } from '../arm/access.ts';
import { normalScope, within } from '../arm/scope.ts';
import type { Caller } from '../caller.ts';
import type { World } from '../service.ts';
import type { Evidence } from './activity.ts';

/** GUIDs in evidence have no dashes. */
const bare = (guid: string): string => guid.replaceAll('-', '');

/** The first assignment that gives the caller the right to an action at a scope; undefined when none does. */
export const evidenceOf = ({ rbac }: World, caller: Caller, action: string, scope: string): Evidence | undefined => {
  for (const assignment of rbac.assignments()) {
    if (assignment.principalId !== caller.objectId) continue;
    if (!within(normalScope(scope), normalScope(assignment.scope))) continue;
    const definition = rbac.definition(assignment.role);
    if (!definition?.permissions.some((permission) => permits(permission, { action }))) continue;
    return {
      role: definition.roleName,
      roleAssignmentScope: assignment.scope,
      roleAssignmentId: bare(assignment.name),
      roleDefinitionId: bare(definition.name),
      principalId: bare(assignment.principalId),
      principalType: assignment.principalType,
    };
  }
  return undefined;
};
