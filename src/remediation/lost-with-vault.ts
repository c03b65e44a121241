import { wasDone } from './done-steps.ts';
import type { KeyObservation, RoleAssignmentFacts, VaultFacts } from './facts.ts';
import type { Known } from './rule.ts';

/** Reader, the one role of ours that opens no key (learn.microsoft.com/azure/role-based-access-control/built-in-roles). */
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';

/** What a principal had: the key, or the vault as a resource. */
export type Right = 'key' | 'reader';

const concerns = (
  { roleDefinitionId, scope }: RoleAssignmentFacts,
  right: Right,
  vaultId: string,
  key: string,
): boolean =>
  roleDefinitionId.toLowerCase().endsWith(READER) === (right === 'reader') &&
  [vaultId, `${vaultId}/keys/${key}`].includes(scope.toLowerCase());

/**
 * Whether a principal lost a right on this vault by its deletion alone. Recovery does not bring role assignments back, access
 * policies it does. What somebody had taken before, or may have, was somebody's act.
 */
export const wentWithVault = (
  principalId: string,
  right: Right,
  { id, permissionModel }: VaultFacts,
  { key, takenAway }: KeyObservation,
  known: Known,
): boolean =>
  (right === 'reader' || permissionModel === 'rbac') &&
  wasDone(known, 'recoverVault', id) &&
  takenAway?.kind === 'present' &&
  !takenAway.value.some(
    (one) => one.principalId.toLowerCase() === principalId && concerns(one, right, id.toLowerCase(), key.name),
  );
