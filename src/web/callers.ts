import { ROLES, type Role, twinOf } from '../surface.ts';
import type { Person } from './token.ts';

/** The caller as a route gets it: a person whose token was verified, or the kind of key or sender that opened the route. */
export type Caller = Person & { readonly kind: 'person' | 'functionKey' | 'masterKey' | 'actionGroup' | 'anybody' };

const nobodyInPerson = (kind: Caller['kind'], objectId: string, name: string): Caller => ({
  kind,
  objectId,
  name,
  roles: [],
});

/** The function app never sees which key was sent: a caller at level `function` may also hold the master key. */
export const KEY_HOLDER = nobodyInPerson('functionKey', 'function-key', 'a holder of the function key');
export const MASTER_KEY_HOLDER = nobodyInPerson('masterKey', 'master-key', 'a holder of the master key');
export const ACTION_GROUP = nobodyInPerson('actionGroup', 'action-group', 'an action group');
export const ANYBODY = nobodyInPerson('anybody', 'anybody', 'anybody');

/** The roles that may use a route for this role: the role itself, and those above it. */
export const rolesFrom = (role: Role): readonly Role[] => ROLES.slice(ROLES.indexOf(role));

/** Whether a person has this role, or one above it. */
export const hasRole = ({ roles }: Pick<Person, 'roles'>, role: Role): boolean =>
  rolesFrom(role).some((one) => roles.includes(one));

/** Whether the caller may lift, shorten or replace overrides of others, on a route that other roles may use too. */
export const mayLift = (caller: Caller): boolean => hasRole(caller, 'Approver');

/** The name of a caller in the ledger. Anybody may choose a display name, so the verified object id stands beside it. */
export const signature = ({ kind, name, objectId }: Caller): string =>
  kind === 'person' ? `${name} (${objectId})` : name;

/** The path of a route for this caller: a link in an answer must be usable with the same token or key. */
export const pathFor = ({ kind }: Caller, route: string): string =>
  `/api/${kind === 'person' ? route : twinOf({ route })}`;
