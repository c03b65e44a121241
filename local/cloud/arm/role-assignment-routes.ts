import type { Answer, Call, Route, World } from '../service.ts';
import { AzureError } from './error.ts';
import { existingAssignment, listedAssignments, scopeOf } from './find-role-assignments.ts';
import { page } from './page.ts';
import { putAssignment } from './put-role-assignment.ts';
import { refuseConditioned } from './refuse-conditioned.ts';
import { ASSIGNMENTS, assignmentId, assignmentJson } from './role-assignment-json.ts';

const apiVersions = ['2015-07-01', '2018-07-01', '2020-04-01-preview', '2022-04-01'];

/** Microsoft.Authorization/roleAssignments, 2022-04-01. */
export const roleAssignmentRoutes = (world: World): Route[] => {
  const route = (method: string, path: string, verb: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path: `/{scope*}/providers/${ASSIGNMENTS}${path}`,
    apiVersions,
    action: `${ASSIGNMENTS}/${verb}`,
    handle,
  });
  return [
    route('GET', '', 'read', (call) => page(call, listedAssignments(world, call).map(assignmentJson))),
    route('GET', '/{name}', 'read', (call) => {
      const found = existingAssignment(world, call);
      if (found) return { status: 200, body: assignmentJson(found) };
      throw new AzureError(404, 'RoleAssignmentNotFound', `The role assignment '${call.params['name']}' is not found.`);
    }),
    route('PUT', '/{name}', 'write', (call) => putAssignment(world, call)),
    route('DELETE', '/{name}', 'delete', (call) => deleteAssignment(world, call)),
  ];
};

const deleteAssignment = (world: World, call: Call): Answer => {
  const { rbac, clock, changed } = world;
  const found = existingAssignment(world, call);
  if (found) {
    const { role: RoleDefinitionId, principalId: PrincipalId, principalType: PrincipalType } = found;
    const Resource = { RoleDefinitionId, PrincipalId, PrincipalType };
    refuseConditioned(world, call, { action: `${ASSIGNMENTS}/delete`, Resource });
  }
  const removed = rbac.unassign(scopeOf(call), call.params['name'] ?? '');
  if (!removed) return { status: 204 };
  const data = { ...removed };
  changed({ kind: 'roleAssignmentDeleted', resourceId: assignmentId(removed), at: clock.now(), data });
  return { status: 200, body: assignmentJson(removed) };
};
