import { z } from 'zod';
import type { Answer, Call, World } from '../room.ts';
import type { Assigning } from './assignment-condition.ts';
import { authorizationFailed } from './authorize.ts';
import { AzureError } from './error.ts';
import { existingAssignment, scopeOf } from './find-role-assignments.ts';
import type { RoleAssignment } from './rbac.ts';
import { assignmentId, assignmentJson } from './role-assignment-json.ts';
import { normalScope } from './scope.ts';

// A principal made less than this long ago is not known everywhere yet, unless the request says what it is.
const replicationSeconds = 60;

const assignmentBody = z.object({
  properties: z.object({
    roleDefinitionId: z.string(),
    principalId: z.guid(),
    principalType: z.enum(['User', 'Group', 'ServicePrincipal', 'ForeignGroup', 'Device']).optional(),
  }),
});

type AssignmentBody = z.infer<typeof assignmentBody>['properties'];

/** Makes an assignment, or answers with the one that is there under the same name. */
export const putAssignment = (world: World, call: Call): Answer => {
  const { roleDefinitionId, principalType, ...body } = readBody(call);
  const principalId = body.principalId.toLowerCase();
  const role = knownRole(world, roleDefinitionId);
  const same = existingAssignment(world, call);
  if (same) return again(same, { principalId, role });
  refuseConditioned(world, call, { role, principalType: principalType ?? 'User' });
  refuseDuplicate(world, call, principalId, role);
  refuseUnknown(world, principalId, principalType);
  const made = world.rbac.assign({
    scope: scopeOf(call),
    role,
    principalId,
    principalType: principalType ?? world.entra.principal(principalId)?.kind ?? 'User',
    name: (call.params['name'] ?? '').toLowerCase(),
    madeBy: call.caller.objectId,
  });
  world.changed({ kind: 'roleAssignmentWritten', resourceId: assignmentId(made), at: made.madeAt, data: { ...made } });
  return { status: 201, body: assignmentJson(made) };
};

const readBody = ({ body }: Call): AssignmentBody => {
  const parsed = assignmentBody.safeParse(body);
  if (parsed.success) return parsed.data.properties;
  const message = `The request content was invalid: ${z.prettifyError(parsed.error)}`;
  throw new AzureError(400, 'InvalidRequestContent', message);
};

const knownRole = ({ rbac }: World, roleDefinitionId: string): string => {
  const definition = rbac.definition(roleDefinitionId.split('/').at(-1) ?? '');
  if (definition) return definition.name;
  const message = `The specified role definition with ID '${roleDefinitionId}' does not exist.`;
  throw new AzureError(404, 'RoleDefinitionDoesNotExist', message);
};

/** The action is allowed, and a condition on it does not let this be assigned. */
const refuseConditioned = ({ rbac }: World, call: Call, assigning: Assigning): void => {
  const scope = scopeOf(call);
  if (rbac.mayAssign(call.caller.objectId, scope, assigning)) return;
  const name = `${scope}/providers/Microsoft.Authorization/roleAssignments/${call.params['name'] ?? ''}`;
  throw authorizationFailed(call.caller, 'Microsoft.Authorization/roleAssignments/write', name);
};

const again = (same: RoleAssignment, asked: { principalId: string; role: string }): Answer => {
  if (same.principalId === asked.principalId && same.role === asked.role)
    return { status: 200, body: assignmentJson(same) };
  const message = 'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.';
  throw new AzureError(400, 'RoleAssignmentUpdateNotPermitted', message);
};

const refuseDuplicate = ({ rbac }: World, call: Call, principalId: string, role: string): void => {
  const scope = normalScope(scopeOf(call));
  const twin = rbac
    .assignments()
    .find((each) => each.principalId === principalId && each.role === role && normalScope(each.scope) === scope);
  if (!twin) return;
  const message = `The role assignment already exists. The ID of the conflicting role assignment is ${twin.name.replaceAll('-', '')}.`;
  throw new AzureError(409, 'RoleAssignmentExists', message);
};

/** Without principalType Azure looks the principal up, and a fresh one has not been replicated yet. */
const refuseUnknown = (world: World, principalId: string, principalType: string | undefined): void => {
  const principal = world.entra.principal(principalId);
  const fresh = principal && world.clock.now() - principal.createdAt < replicationSeconds * 1000;
  if (principalType !== undefined || (principal && !fresh)) return;
  const message = `Principal ${principalId.replaceAll('-', '')} does not exist in the directory ${world.entra.tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`;
  throw new AzureError(400, 'PrincipalNotFound', message);
};
