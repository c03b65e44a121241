import type { Call, Route, World } from '../room.ts';
import { AzureError } from './error.ts';
import { page } from './page.ts';
import type { RoleDefinition } from './rbac.ts';
import { normalScope, within } from './scope.ts';

const apiVersions = ['2015-07-01', '2018-01-01-preview', '2022-04-01', '2022-05-01-preview'];
const provider = 'Microsoft.Authorization/roleDefinitions';

/** The full id of a definition as Azure writes it for a scope: below the subscription, if there is one. */
export const roleDefinitionId = (scope: string, name: string): string =>
  `${/^\/subscriptions\/[^/]+/i.exec(scope)?.[0] ?? ''}/providers/${provider}/${name}`;

/** Microsoft.Authorization/roleDefinitions, read only, 2022-04-01. */
export const roleDefinitionRoutes = ({ rbac }: World): Route[] => {
  const route = (path: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method: 'GET',
    path: `/{scope*}/providers/${provider}${path}`,
    apiVersions,
    action: `${provider}/read`,
    handle,
  });
  return [
    route('', (call) =>
      page(
        call,
        listed(rbac.definitions(), call).map((each) => definitionJson(each, scopeOf(call))),
      ),
    ),
    route('/{name}', (call) => {
      const name = call.params['name'] ?? '';
      const found = rbac.definitions().find((each) => each.name === name.toLowerCase());
      if (found) return { status: 200, body: definitionJson(found, scopeOf(call)) };
      throw new AzureError(
        404,
        'RoleDefinitionDoesNotExist',
        `The specified role definition with ID '${name}' does not exist.`,
      );
    }),
  ];
};

const scopeOf = ({ params }: Call): string => `/${params['scope'] ?? ''}`;

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

const definitionJson = (definition: RoleDefinition, scope: string) => {
  const { name, roleName, kind, description, assignableScopes, permissions } = definition;
  return {
    id: roleDefinitionId(scope, name),
    type: provider,
    name,
    properties: { roleName, type: kind, description, assignableScopes, permissions },
  };
};
