import { z } from 'zod';
import type { Call, Route, World } from '../room.ts';
import { AzureError } from './error.ts';
import { page } from './page.ts';
import type { RoleAssignment } from './rbac.ts';
import { roleDefinitionId } from './role-definition-routes.ts';
import { normalScope, within } from './scope.ts';

const apiVersions = ['2015-07-01', '2018-07-01', '2020-04-01-preview', '2022-04-01'];
const provider = 'Microsoft.Authorization/roleAssignments';
// A principal made less than this long ago is not known everywhere yet, unless the request says what it is.
const replicationSeconds = 60;

/** Microsoft.Authorization/roleAssignments, 2022-04-01. */
export const roleAssignmentRoutes = (world: World): Route[] => {
  const route = (method: string, path: string, verb: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path: `/{scope*}/providers/${provider}${path}`,
    apiVersions,
    action: `${provider}/${verb}`,
    handle,
  });
  return [
    route('GET', '', 'read', (call) =>
      page(
        call,
        listed(world, call).map((each) => assignmentJson(each)),
      ),
    ),
    route('GET', '/{name}', 'read', (call) => {
      const found = existing(world, call);
      if (found) return { status: 200, body: assignmentJson(found) };
      throw new AzureError(404, 'RoleAssignmentNotFound', `The role assignment '${call.params['name']}' is not found.`);
    }),
    route('PUT', '/{name}', 'write', (call) => put(world, call)),
    route('DELETE', '/{name}', 'delete', (call) => {
      const removed = world.rbac.unassign(scopeOf(call), call.params['name'] ?? '');
      if (!removed) return { status: 204 };
      world.changed({
        kind: 'roleAssignmentDeleted',
        resourceId: idOf(removed),
        at: world.clock.now(),
        data: { ...removed },
      });
      return { status: 200, body: assignmentJson(removed) };
    }),
  ];
};

const scopeOf = ({ params }: Call): string => `/${params['scope'] ?? ''}`;

const existing = ({ rbac }: World, call: Call): RoleAssignment | undefined =>
  rbac
    .assignments()
    .find(
      (each) =>
        each.name === call.params['name']?.toLowerCase() && normalScope(each.scope) === normalScope(scopeOf(call)),
    );

const listed = (world: World, call: Call): RoleAssignment[] => {
  const scope = normalScope(scopeOf(call));
  const chosen = filterOf(call.query.get('$filter') ?? '');
  return world.rbac.assignments().filter((each) => {
    const at = normalScope(each.scope);
    const seen = within(scope, at) || (!chosen.atScope && within(at, scope));
    return seen && (chosen.principalId === undefined || chosen.principalId === each.principalId);
  });
};

type Chosen = { atScope: boolean; principalId?: string };

/** `atScope()`, `principalId eq '…'`, `assignedTo('…')`, joined by `and`; `assignedTo` also leaves out what lies below. */
const filterOf = (filter: string): Chosen => {
  const chosen: Chosen = { atScope: false };
  for (const term of filter.split(/ and /i).map((each) => each.trim())) {
    const principal = /^(?:principalId eq '([^']+)'|assignedTo\('([^']+)'\))$/i.exec(term);
    if (principal) chosen.principalId = (principal[1] ?? principal[2] ?? '').toLowerCase();
    else if (/^atScope\(\)$/i.test(term)) chosen.atScope = true;
    else if (term !== '') throw new AzureError(400, 'UnsupportedQuery', `The filter '${term}' is not supported.`);
  }
  return chosen;
};

const assignmentBody = z.object({
  properties: z.object({
    roleDefinitionId: z.string(),
    principalId: z.guid(),
    principalType: z.enum(['User', 'Group', 'ServicePrincipal', 'ForeignGroup', 'Device']).optional(),
  }),
});

const put = (world: World, call: Call) => {
  const parsed = assignmentBody.safeParse(call.body);
  if (!parsed.success) {
    const message = `The request content was invalid: ${z.prettifyError(parsed.error)}`;
    throw new AzureError(400, 'InvalidRequestContent', message);
  }
  const { roleDefinitionId: role, principalType } = parsed.data.properties;
  const principalId = parsed.data.properties.principalId.toLowerCase();
  const definition = world.rbac.definition(role.split('/').at(-1) ?? '');
  if (!definition) {
    throw new AzureError(
      404,
      'RoleDefinitionDoesNotExist',
      `The specified role definition with ID '${role}' does not exist.`,
    );
  }
  const same = existing(world, call);
  if (same) return again(same, { principalId, role: definition.name });
  refuseDuplicate(world, call, principalId, definition.name);
  refuseUnknown(world, principalId, principalType);
  const made = world.rbac.assign({
    scope: scopeOf(call),
    role: definition.name,
    principalId,
    principalType: principalType ?? world.entra.principal(principalId)?.kind ?? 'User',
    name: (call.params['name'] ?? '').toLowerCase(),
    madeBy: call.caller.objectId,
  });
  world.changed({ kind: 'roleAssignmentWritten', resourceId: idOf(made), at: made.madeAt, data: { ...made } });
  return { status: 201, body: assignmentJson(made) };
};

const again = (same: RoleAssignment, asked: { principalId: string; role: string }) => {
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

const idOf = ({ scope, name }: RoleAssignment): string => `${scope === '/' ? '' : scope}/providers/${provider}/${name}`;

const assignmentJson = (assignment: RoleAssignment) => {
  const { scope, name, role, principalId, principalType, madeAt, madeBy } = assignment;
  const made = new Date(madeAt).toISOString();
  return {
    id: idOf(assignment),
    type: provider,
    name,
    properties: {
      scope,
      roleDefinitionId: roleDefinitionId(scope, role),
      principalId,
      principalType,
      condition: null,
      conditionVersion: null,
      createdOn: made,
      updatedOn: made,
      createdBy: madeBy,
      updatedBy: madeBy,
      delegatedManagedIdentityResourceId: null,
      description: null,
    },
  };
};
