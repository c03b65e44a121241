import { z } from 'zod';
import type { Answer, Call, World } from '../service.ts';
import { AzureError } from './error.ts';
import { existingAssignment, scopeOf } from './find-role-assignments.ts';
import { ConditionError, parseCondition } from './parse-condition.ts';
import type { RoleAssignment } from './rbac.ts';
import { refuseConditioned } from './refuse-conditioned.ts';
import { ASSIGNMENTS, assignmentId, assignmentJson } from './role-assignment-json.ts';
import { normalScope, within } from './scope.ts';

// A principal younger than this is not known everywhere yet, unless the request names its type.
const replicationSeconds = 60;

const assignmentBody = z.object({
  properties: z.object({
    roleDefinitionId: z.string(),
    principalId: z.guid(),
    principalType: z.enum(['User', 'Group', 'ServicePrincipal', 'ForeignGroup', 'Device']).optional(),
    condition: z.string().nullish(),
    conditionVersion: z.string().nullish(),
  }),
});

type AssignmentBody = z.infer<typeof assignmentBody>['properties'];

/** Makes an assignment, or writes again an assignment of the same name: then only its condition may differ. */
export const putAssignment = (world: World, call: Call): Answer => {
  const { roleDefinitionId, principalType, ...body } = readBody(call);
  const principalId = body.principalId.toLowerCase();
  const role = knownRole(world, roleDefinitionId);
  const condition = conditionOf(body);
  const assigning = { RoleDefinitionId: role, PrincipalId: principalId, PrincipalType: principalType ?? 'User' };
  refuseConditioned(world, call, { action: `${ASSIGNMENTS}/write`, Request: assigning });
  const same = existingAssignment(world, call);
  if (same) return again(world, call, same, { principalId, role, condition });
  refuseUnassignableRole(world, scopeOf(call), role);
  refuseDuplicate(world, call, principalId, role);
  refuseUnknown(world, principalId, principalType);
  refuseBeyondLimit(world, scopeOf(call));
  const made = world.rbac.assign({
    scope: scopeOf(call),
    role,
    principalId,
    principalType: principalType ?? world.entra.principal(principalId)?.kind ?? 'User',
    name: (call.params['name'] ?? '').toLowerCase(),
    madeBy: call.caller.objectId,
    ...(condition !== undefined && { condition }),
  });
  world.changed({ kind: 'roleAssignmentWritten', resourceId: assignmentId(made), at: made.madeAt, data: { ...made } });
  return { status: 201, body: assignmentJson(made) };
};

/**
 * Azure accepts version 2.0 alone, and assumes it where the request names none. The text is Azure's; no document has its code.
 */
const conditionOf = ({ condition, conditionVersion }: Omit<AssignmentBody, 'roleDefinitionId'>): string | undefined => {
  const refused = new AzureError(400, 'BadRequest', 'The given role assignment condition is invalid.');
  if ((conditionVersion ?? '2.0') !== '2.0') throw refused;
  if (condition === undefined || condition === null) return undefined;
  try {
    parseCondition(condition);
  } catch (error) {
    throw error instanceof ConditionError ? refused : error;
  }
  return condition;
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

/**
 * A custom role can be assigned only where its definition says. A custom role with data actions cannot be assigned at a
 * management group.
 */
const refuseUnassignableRole = (world: World, scope: string, role: string): void => {
  const found = world.rbac.definition(role);
  if (found?.kind !== 'CustomRole') return;
  const isManagementGroup = scope.toLowerCase().startsWith('/providers/microsoft.management/managementgroups/');
  if (isManagementGroup && found.permissions.some(({ dataActions }) => dataActions.length > 0)) {
    const message = 'Role assignments to Management Groups can not be made to custom role definitions with DataActions';
    throw new AzureError(400, 'InvalidCreateRoleAssignmentRequest', message);
  }
  if (isAssignable(world, scope, role)) return;
  const message = `The role ${found.roleName} is not available for assignment at the requested scope.`;
  throw new AzureError(400, 'RoleAssignmentScopeNotAssignableToRoleDefinition', message);
};

const isAssignable = ({ rbac, subscriptions }: World, scope: string, role: string): boolean =>
  rbac
    .assignableScopes(role)
    .some((each) => [scope, ...subscriptions.above(scope)].some((one) => within(normalScope(one), normalScope(each))));

const again = (
  { rbac, changed }: World,
  { caller }: Call,
  same: RoleAssignment,
  asked: { principalId: string; role: string; condition: string | undefined },
): Answer => {
  if (same.principalId !== asked.principalId || same.role !== asked.role) {
    const message = 'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.';
    throw new AzureError(400, 'RoleAssignmentUpdateNotPermitted', message);
  }
  if (same.condition !== asked.condition) {
    const { writtenAt } = rbac.rewrite(same, caller.objectId, asked.condition);
    changed({ kind: 'roleAssignmentWritten', resourceId: assignmentId(same), at: writtenAt, data: { ...same } });
  }
  return { status: 200, body: assignmentJson(same) };
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

/** Refuses an assignment that exceeds the limit of a subscription, which counts every scope in it. */
const refuseBeyondLimit = ({ rbac, switches }: World, scope: string): void => {
  const subscription = normalScope(scope).split('/').slice(0, 3).join('/');
  const all = rbac.assignments().filter((each) => within(normalScope(each.scope), subscription));
  if (all.length < (switches.roleAssignmentLimit ?? 4000)) return;
  throw new AzureError(400, 'RoleAssignmentLimitExceeded', 'No more role assignments can be created.');
};

/** Without principalType Azure looks the principal up in Entra, and a new principal may not be replicated there yet. */
const refuseUnknown = (world: World, principalId: string, principalType: string | undefined): void => {
  const principal = world.entra.principal(principalId);
  const fresh = principal && world.clock.now() - principal.createdAt < replicationSeconds * 1000;
  if (principalType !== undefined || (principal && !fresh)) return;
  const message = `Principal ${principalId.replaceAll('-', '')} does not exist in the directory ${world.entra.tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`;
  throw new AzureError(400, 'PrincipalNotFound', message);
};
