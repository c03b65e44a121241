import { wasDone } from './done-steps.ts';
import type { KeyObservation, RoleAssignmentFacts, VaultFacts } from './facts.ts';
import type { Known } from './rule.ts';

/** Reader, the one role of ours that opens no key (learn.microsoft.com/azure/role-based-access-control/built-in-roles). */
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';

/** What a principal had: the key, or the vault as a resource. */
export type Right = 'key' | 'reader';

/** `wentWithVault`: nobody took it. `takenBefore`: somebody did, before the vault was deleted. `unclear`: one of both. */
export type Loss = 'wentWithVault' | 'takenBefore' | 'unclear' | 'taken';

const concerns = (
  { roleDefinitionId, scope }: RoleAssignmentFacts,
  right: Right,
  vaultId: string,
  key: string,
): boolean =>
  roleDefinitionId.toLowerCase().endsWith(READER) === (right === 'reader') &&
  [vaultId, `${vaultId}/keys/${key}`].includes(scope.toLowerCase());

/**
 * How a principal lost a right on this vault. Recovery does not bring role assignments back, access policies it does; and an
 * assignment that was taken away on purpose while the vault was there stays away.
 */
export const lossOf = (
  principalId: string,
  right: Right,
  { id, permissionModel }: VaultFacts,
  { key, takenAway }: KeyObservation,
  known: Known,
): Loss => {
  const isAssigned = right === 'reader' || permissionModel === 'rbac';
  if (!isAssigned || !wasDone(known, 'recoverVault', id)) return 'taken';
  if (takenAway?.kind !== 'present') return 'unclear';
  const taken = takenAway.value.some(
    (one) => one.principalId.toLowerCase() === principalId && concerns(one, right, id.toLowerCase(), key.name),
  );
  return taken ? 'takenBefore' : 'wentWithVault';
};
