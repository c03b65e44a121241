import { within } from './resource-id.ts';

const KEYS = 'Microsoft.KeyVault/vaults/keys';

/**
 * Data actions on keys that the product needs, as in its custom role, with what each is called in an access policy (Learn:
 * "Migrate from vault access policy to Azure role-based access control"). What else names these permissions follows from here.
 */
const ROWS: readonly (readonly [string, readonly string[]])[] = [
  [`${KEYS}/read`, ['get', 'list']],
  [`${KEYS}/update/action`, ['update']],
  [`${KEYS}/recover/action`, ['recover']],
  [`${KEYS}/restore/action`, ['restore']],
];

export const DATA_ACTIONS: readonly string[] = ROWS.map(([action]) => action);

/** All that the product ever asks of an access policy: an entry is replaced as a whole. */
export const KEY_PERMISSIONS: readonly string[] = ROWS.flatMap(([, permissions]) => permissions);

/** What a data action, in whatever casing, is in an access policy. None for what the table lacks: a test forbids it in a step. */
export const permissionsFor = (action: string): readonly string[] =>
  ROWS.find(([one]) => one.toLowerCase() === action.toLowerCase())?.[1] ?? [];

/** Whether a step that names this action means the data plane: no step needs a key through Resource Manager. */
export const isDataAction = (action: string): boolean => within(action, KEYS) || permissionsFor(action).length > 0;

/** The data action that a permission of an access policy is. `undefined` for a permission that the product never needs. */
export const dataActionFor = (permission: string): string | undefined =>
  ROWS.find(([, permissions]) => permissions.includes(permission))?.[0];
