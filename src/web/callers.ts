import { ROLES, type Role, twinOf } from '../surface.ts';
import type { Person } from './token.ts';

/** Who is let in, as a door gets it: a person whose token was verified, or what else has opened the door. */
export type Caller = Person & { readonly kind: 'person' | 'functionKey' | 'masterKey' | 'actionGroup' | 'anybody' };

const nobodyInPerson = (kind: Caller['kind'], objectId: string, name: string): Caller => ({
  kind,
  objectId,
  name,
  roles: [],
});

/** No function ever sees which key was sent: whoever opens level `function` may hold the master key as well. */
export const KEY_HOLDER = nobodyInPerson('functionKey', 'function-key', 'a holder of the function key');
export const MASTER_KEY_HOLDER = nobodyInPerson('masterKey', 'master-key', 'a holder of the master key');
export const ACTION_GROUP = nobodyInPerson('actionGroup', 'action-group', 'an action group');
export const ANYBODY = nobodyInPerson('anybody', 'anybody', 'anybody');

/** The roles that open what is for this one: itself, and those above it. */
export const rolesFrom = (role: Role): readonly Role[] => ROLES.slice(ROLES.indexOf(role));

/** Whether somebody has this role, or one above it. */
export const hasRole = ({ roles }: Pick<Person, 'roles'>, role: Role): boolean =>
  rolesFrom(role).some((one) => roles.includes(one));

/** Whether a door that others open as well may lift, shorten or replace what others have ordered. */
export const mayLift = (caller: Caller): boolean => hasRole(caller, 'Approver');

/** As the ledger names who gave an order: a name is anybody's to choose, so that the object id of who was proven is beside it. */
export const signature = ({ kind, name, objectId }: Caller): string =>
  kind === 'person' ? `${name} (${objectId})` : name;

/** Where this caller finds a route: what an answer leads to is opened by what has opened the door. */
export const pathFor = ({ kind }: Caller, route: string): string =>
  `/api/${kind === 'person' ? route : twinOf({ route })}`;
