import type { Service, World } from '../service.ts';
import { sameId } from './resource-id.ts';
import { assignmentId, assignmentJson } from './role-assignment-json.ts';
import { roleAssignmentRoutes } from './role-assignment-routes.ts';
import { roleDefinitionRoutes } from './role-definition-routes.ts';
import { roleVerbs } from './role-verbs.ts';

/** Microsoft.Authorization: role definitions and role assignments. */
export const createAuthorizationService = (world: World, served: () => readonly string[]): Service => ({
  name: 'authorization',
  routes: [...roleAssignmentRoutes(world), ...roleDefinitionRoutes(world, served)],
  ...roleVerbs(world),
  graph: {
    authorizationresources: (id) =>
      world.rbac
        .assignments()
        .filter((each) => id === undefined || sameId(assignmentId(each), id))
        .map(assignmentJson),
  },
  snapshot: () =>
    world.rbac.assignments().map(({ role, principalId, ...rest }) => ({
      ...rest,
      principalId,
      principal: world.entra.principal(principalId)?.name ?? 'Unknown',
      role: world.rbac.definition(role)?.roleName ?? role,
      madeAt: new Date(rest.madeAt).toISOString(),
    })),
});
