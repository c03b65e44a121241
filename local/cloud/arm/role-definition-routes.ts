import type { Answer, Call, Route, World } from '../service.ts';
import { AzureError } from './error.ts';
import { page } from './page.ts';
import { putDefinition, refuseBuiltIn } from './put-role-definition.ts';
import type { RoleDefinition } from './rbac.ts';
import { DEFINITIONS, definitionJson, scopeOf } from './role-definition-json.ts';
import { normalScope, within } from './scope.ts';

const apiVersions = ['2015-07-01', '2018-01-01-preview', '2022-04-01', '2022-05-01-preview'];

/** Microsoft.Authorization/roleDefinitions, 2022-04-01. `served`: the actions of the routes of this cloud. */
export const roleDefinitionRoutes = (world: World, served: () => readonly string[]): Route[] => {
  const route = (method: string, path: string, verb: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path: `/{scope*}/providers/${DEFINITIONS}${path}`,
    apiVersions,
    action: `${DEFINITIONS}/${verb}`,
    handle,
  });
  const { rbac } = world;
  return [
    route('GET', '', 'read', (call) =>
      page(
        call,
        listed(rbac.definitions(), call).map((each) => definitionJson(each, scopeOf(call))),
      ),
    ),
    route('GET', '/{name}', 'read', (call) => {
      const found = existing(world, call);
      if (found) return { status: 200, body: definitionJson(found, scopeOf(call)) };
      throw new AzureError(
        404,
        'RoleDefinitionDoesNotExist',
        `The specified role definition with ID '${call.params['name']}' does not exist.`,
      );
    }),
    route('PUT', '/{name}', 'write', (call) => putDefinition(world, call, served())),
    route('DELETE', '/{name}', 'delete', (call) => remove(world, call)),
  ];
};

const existing = ({ rbac }: World, { params }: Call): RoleDefinition | undefined =>
  rbac.definitions().find((each) => each.name === params['name']?.toLowerCase());

/** A role that is assigned to a principal cannot be deleted. */
const remove = (world: World, call: Call): Answer => {
  const found = existing(world, call);
  if (!found) return { status: 204 };
  refuseBuiltIn(found);
  if (world.rbac.assignments().some(({ role }) => role === found.name))
    throw new AzureError(
      400,
      'RoleDefinitionHasAssignments',
      'There are existing role assignments referencing role (code: RoleDefinitionHasAssignments)',
    );
  world.rbac.removeDefinition(found.name);
  return { status: 200, body: definitionJson(found, scopeOf(call)) };
};

const listed = (definitions: RoleDefinition[], call: Call): RoleDefinition[] => {
  const scope = normalScope(scopeOf(call));
  const filter = call.query.get('$filter') ?? '';
  const wantedName = /roleName eq '([^']+)'/i.exec(filter)?.[1]?.toLowerCase();
  const wantedKind = /type eq '([^']+)'/i.exec(filter)?.[1]?.toLowerCase();
  return definitions.filter(
    ({ assignableScopes, roleName, kind }) =>
      assignableScopes.some((each) => within(scope, normalScope(each))) &&
      (wantedName === undefined || roleName.toLowerCase() === wantedName) &&
      (wantedKind === undefined || kind.toLowerCase() === wantedKind),
  );
};
