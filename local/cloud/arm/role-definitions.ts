import type { Clock } from '../../clock/clock.ts';
import { guid } from '../draw.ts';
import type { Switches } from '../service.ts';
import { builtInRoles, permission } from './built-in-roles.ts';
import type { Permission, Rbac, RoleDefinition } from './rbac.ts';

type Definitions = Pick<Rbac, 'define' | 'definition' | 'definitions' | 'putDefinition' | 'removeDefinition'> & {
  /** The permissions of the role at this moment: the last write counts after the propagation delay. */
  permissionsOf(role: string): Permission[];
  assignableScopes: Rbac['assignableScopes'];
};

/** The content of a definition before its last write, and the instants until which the old content still counts. */
type Former = { permissions: Permission[]; until: number; assignableScopes: string[]; assignableUntil: number };

/** The built-in roles and those that are defined later, found by GUID or name. */
export const createRoleDefinitions = (clock: Clock, switches: Switches): Definitions => {
  const definitions = [...builtInRoles];
  const formers = new Map<string, Former>();
  const definition = (role: string) =>
    definitions.find((each) => [each.name, each.roleName.toLowerCase()].includes(role.toLowerCase()));
  const formerOf = (before: RoleDefinition | undefined): Former => ({
    permissions: before?.permissions ?? [],
    assignableScopes: before?.assignableScopes ?? [],
    until: clock.now() + (before ? switches.propagationSeconds * 1000 : 0),
    assignableUntil: clock.now() + (switches.assignableScopeSeconds ?? 0) * 1000,
  });
  const put = (made: RoleDefinition) => {
    const at = definitions.findIndex(({ name }) => name === made.name);
    if (at < 0) definitions.push(made);
    else definitions[at] = made;
    return made;
  };
  return {
    define: ({ roleName, permissions, scopes }) =>
      put({
        name: guid('role', roleName, ...scopes),
        roleName,
        description: roleName,
        kind: 'CustomRole',
        permissions: permissions.map(permission),
        assignableScopes: scopes,
      }),
    putDefinition: (role) => {
      formers.set(role.name, formerOf(definitions.find(({ name }) => name === role.name)));
      return put({ ...role, kind: 'CustomRole' });
    },
    removeDefinition: (name) => {
      formers.delete(name);
      definitions.splice(0, definitions.length, ...definitions.filter((each) => each.name !== name));
    },
    definition,
    definitions: () => [...definitions],
    permissionsOf: (role) => {
      const former = formers.get(role);
      return former && clock.now() < former.until ? former.permissions : (definition(role)?.permissions ?? []);
    },
    assignableScopes: (role) => {
      const former = formers.get(role);
      return former && clock.now() < former.assignableUntil
        ? former.assignableScopes
        : (definition(role)?.assignableScopes ?? []);
    },
  };
};
