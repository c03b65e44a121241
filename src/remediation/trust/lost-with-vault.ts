import type { KeyObservation, RoleAssignmentFacts, VaultFacts } from '../model/facts.ts';
import { type GivenRight, isRole } from '../model/given-roles.ts';
import type { Known } from '../model/known.ts';
import { wasDone } from '../steps/done-steps.ts';

const concerns = (
  { roleDefinitionId, scope }: RoleAssignmentFacts,
  right: GivenRight,
  vaultId: string,
  key: string,
): boolean =>
  isRole(roleDefinitionId, 'reader') === (right === 'reader') &&
  [vaultId, `${vaultId}/keys/${key}`].includes(scope.toLowerCase());

/**
 * Whether a principal lost a right on this vault by its deletion alone. Recovery does not bring role assignments back, access
 * policies it does. What somebody had taken before, or may have, was somebody's act.
 */
export const wentWithVault = (
  principalId: string,
  right: GivenRight,
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
