import type { Call } from '../service.ts';
import type { RoleDefinition } from './rbac.ts';

export const DEFINITIONS = 'Microsoft.Authorization/roleDefinitions';

/** The scope in front of the provider in the path. */
export const scopeOf = ({ params }: Call): string => `/${params['scope'] ?? ''}`;

/** The full id of a definition as Azure writes it for a scope: below the subscription, if the scope has one. */
export const roleDefinitionId = (scope: string, name: string): string =>
  `${/^\/subscriptions\/[^/]+/i.exec(scope)?.[0] ?? ''}/providers/${DEFINITIONS}/${name}`;

/** A role definition as 2022-04-01 writes it. */
export const definitionJson = (definition: RoleDefinition, scope: string) => {
  const { name, roleName, kind, description, assignableScopes, permissions } = definition;
  return {
    id: roleDefinitionId(scope, name),
    type: DEFINITIONS,
    name,
    properties: { roleName, type: kind, description, assignableScopes, permissions },
  };
};
