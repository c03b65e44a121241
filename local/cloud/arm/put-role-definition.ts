import { z } from 'zod';
import type { Answer, Call, World } from '../service.ts';
import { permission } from './built-in-roles.ts';
import { AzureError } from './error.ts';
import { recognise } from './known-operations.ts';
import type { Permission, RoleDefinition } from './rbac.ts';
import { readBody } from './read-body.ts';
import { definitionJson, scopeOf } from './role-definition-json.ts';
import { normalScope } from './scope.ts';

const WRITE = 'Microsoft.Authorization/roleDefinitions/write';
const names = z.array(z.string()).default([]);

const definitionBody = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  properties: z.strictObject({
    roleName: z.string().min(1).max(512),
    description: z.string().max(2048).nullish(),
    type: z.string().optional(),
    permissions: z
      .array(
        z.strictObject({
          actions: names,
          notActions: names,
          dataActions: names,
          notDataActions: names,
          condition: z.null().optional(),
          conditionVersion: z.null().optional(),
        }),
      )
      .length(1, { error: 'a role has one set of permissions' }),
    assignableScopes: z.array(z.string()).min(1),
  }),
});

const bad = (code: string, message: string) => new AzureError(400, code, message);

/** Makes a custom role, or writes it again. `served`: the actions of the routes of this cloud. */
export const putDefinition = (world: World, call: Call, served: readonly string[]): Answer => {
  const name = (call.params['name'] ?? '').toLowerCase();
  if (!z.guid().safeParse(name).success)
    throw bad(
      'InvalidRoleDefinitionId',
      `The role definition ID '${name}' is not valid. The role definition ID must be a GUID.`,
    );
  const { roleName, description, permissions, assignableScopes } = readBody(definitionBody, call.body).properties;
  const given = permissions.map(permission);
  const existing = world.rbac.definitions().find((each) => each.name === name);
  refuseBuiltIn(existing);
  refuseNames(world, given, served);
  refuseScopes(world, call, assignableScopes);
  refuseSameName(world, roleName, name);
  const made = world.rbac.putDefinition({
    name,
    roleName,
    description: description ?? '',
    permissions: given,
    assignableScopes,
  });
  return { status: 201, body: definitionJson(made, scopeOf(call)) };
};

/** No caller may change a built-in role of Microsoft. No document says with which code Azure refuses. */
export const refuseBuiltIn = (definition: RoleDefinition | undefined): void => {
  if (definition?.kind !== 'BuiltInRole') return;
  throw bad('BuiltInRoleUpdateNotPermitted', `The built-in role '${definition.roleName}' cannot be changed.`);
};

const refuseNames = (world: World, permissions: Permission[], served: readonly string[]): void => {
  for (const { actions, notActions, dataActions, notDataActions } of permissions) {
    for (const name of [...actions, ...notActions]) refuseName(world, 'actions', name, served);
    for (const name of [...dataActions, ...notDataActions]) refuseName(world, 'dataActions', name, served);
  }
};

const refuseName = ({ log }: World, kind: 'actions' | 'dataActions', name: string, served: readonly string[]): void => {
  const found = recognise(kind, name, served);
  const code = kind === 'actions' ? 'InvalidActionOrNotAction' : 'InvalidDataActionOrNotDataAction';
  const supported = kind === 'actions' ? 'actions' : 'data actions';
  if (found === 'nowhere')
    throw bad(
      code,
      'The resource provider referenced in the action is not returned in the list of providers from Azure Resource Manager.',
    );
  if (found === 'unknown')
    throw bad(code, `'${name}' does not match any of the ${supported} supported by the providers.`);
  if (found === 'unplayed') log(`not simulated: the operations of ${name.split('/')[0]}; '${name}' is taken as it is`);
};

/**
 * The writer of a role needs the right to define roles at each of its assignable scopes. The root and two management groups are
 * no valid scopes.
 */
const refuseScopes = ({ rbac }: World, { caller }: Call, scopes: string[]): void => {
  const groups = scopes.filter((scope) => /^\/providers\/Microsoft\.Management\/managementGroups\//i.test(scope));
  const wrong = scopes.find((scope) => !/^\/subscriptions\/[^/]+/i.test(scope) && !groups.includes(scope));
  if (wrong !== undefined || groups.length > 1)
    throw bad(
      'InvalidAssignableScope',
      `The assignable scopes '${scopes.join(', ')}' are not valid: subscriptions, resource groups, and at most one management group.`,
    );
  const denied = scopes.filter(
    (scope) => !rbac.allows({ principalId: caller.objectId, action: WRITE, scope: normalScope(scope) }),
  );
  if (denied.length === 0) return;
  throw new AzureError(
    403,
    'LinkedAuthorizationFailed',
    `The client '${caller.appId ?? caller.name}' with object id '${caller.objectId}' does not have permission to perform action(s) '${WRITE}' on the linked scope(s) '${denied.join(',')}' or the linked scope(s) are invalid.`,
  );
};

const refuseSameName = ({ rbac }: World, roleName: string, name: string): void => {
  const twin = rbac
    .definitions()
    .find((each) => each.name !== name && each.roleName.toLowerCase() === roleName.toLowerCase());
  if (!twin) return;
  throw new AzureError(
    409,
    'RoleDefinitionWithSameNameExists',
    `A custom role with the same name already exists in this directory. Use a different name.`,
  );
};
