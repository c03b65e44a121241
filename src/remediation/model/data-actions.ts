import { within } from './resource-id.ts';

const KEYS = 'Microsoft.KeyVault/vaults/keys';

/**
 * The data actions on keys that the product needs, as in its custom role, each with its names in an access policy (Learn:
 * "Migrate from vault access policy to Azure role-based access control"). Every other list of these permissions is made from this
 * table.
 */
const ROWS: readonly (readonly [string, readonly string[]])[] = [
  [`${KEYS}/read`, ['get', 'list']],
  [`${KEYS}/update/action`, ['update']],
  [`${KEYS}/recover/action`, ['recover']],
  [`${KEYS}/restore/action`, ['restore']],
];

export const DATA_ACTIONS: readonly string[] = ROWS.map(([action]) => action);

/**
 * All permissions that the product ever needs in an access policy. They are listed together, since Azure replaces an entry of an
 * access policy as a whole.
 */
export const KEY_PERMISSIONS: readonly string[] = ROWS.flatMap(([, permissions]) => permissions);

/**
 * The names of a data action, in any casing, in an access policy. Empty for an action that the table lacks: a test forbids such
 * an action in a step.
 */
export const permissionsFor = (action: string): readonly string[] =>
  ROWS.find(([one]) => one.toLowerCase() === action.toLowerCase())?.[1] ?? [];

/** Whether this action is one of the data plane: no step needs a key through Resource Manager. */
export const isDataAction = (action: string): boolean => within(action, KEYS) || permissionsFor(action).length > 0;

/** The data action behind a permission of an access policy. `undefined` for a permission that the product never needs. */
export const dataActionFor = (permission: string): string | undefined =>
  ROWS.find(([, permissions]) => permissions.includes(permission))?.[0];
