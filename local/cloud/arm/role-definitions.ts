import { guid } from '../draw.ts';
import { builtInRoles, permission } from './built-in-roles.ts';
import type { Rbac, RoleDefinition } from './rbac.ts';

/** The built-in roles and those that are defined later, found by GUID or name. */
export const createRoleDefinitions = (): Pick<Rbac, 'define' | 'definition' | 'definitions'> => {
  const definitions = [...builtInRoles];
  return {
    define: ({ roleName, permissions, scopes }) => {
      const made: RoleDefinition = {
        name: guid('role', roleName, ...scopes),
        roleName,
        description: roleName,
        kind: 'CustomRole',
        permissions: permissions.map(permission),
        assignableScopes: scopes,
      };
      definitions.push(made);
      return made;
    },
    definition: (role) =>
      definitions.find((each) => [each.name, each.roleName.toLowerCase()].includes(role.toLowerCase())),
    definitions: () => [...definitions],
  };
};
