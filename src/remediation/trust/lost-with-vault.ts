import { type BaselineConsumer, ofPrincipal } from '../model/baseline.ts';
import type { HeldRole, KeyObservation, VaultFacts } from '../model/facts.ts';
import { type GivenRight, isRole } from '../model/given-roles.ts';
import type { Known } from '../model/known.ts';
import { within } from '../model/resource-id.ts';
import type { RoleAssignmentFacts } from '../model/vault-dependents.ts';
import { accessOf } from '../observation/access.ts';
import { wasDone } from '../steps/done-steps.ts';
import { rightName, wasLacking, wasSeen } from './sighting.ts';

/**
 * Whether an assignment may give this right. A role may give more than one right: only the role that is known to give nothing but
 * the other right is excluded.
 */
const concerns = (
  { roleDefinitionId, scope }: RoleAssignmentFacts,
  right: GivenRight,
  vaultId: string,
  key: string,
): boolean =>
  !isRole(roleDefinitionId, right === 'key' ? 'reader' : 'key') &&
  [vaultId, `${vaultId}/keys/${key}`].includes(scope.toLowerCase());

const nameOf = ({ scope, role }: HeldRole): string => `${scope} ${role}`;

/**
 * Whether the principal had the right by a role at the vault or below it, which Azure deleted with the vault, and still has all
 * its roles above the vault: those outlive the vault, so a missing one was taken by somebody. A baseline without roles (of an
 * older release) gives no.
 */
const diedWithVault = (
  was: readonly BaselineConsumer[],
  principalId: string,
  right: GivenRight,
  vaultId: string,
  observation: KeyObservation,
): boolean => {
  const had = was.flatMap(({ roles = [] }) => roles).filter(({ gives }) => gives.includes(right));
  const access = accessOf({ principalId: { kind: 'present', value: principalId } }, observation);
  const held = new Set((access.kind === 'present' ? (access.value.roles ?? []) : []).map(nameOf));
  const above = had.filter(({ scope }) => !within(scope, vaultId));
  return had.length > above.length && above.every((one) => held.has(nameOf(one)));
};

/** Whether the ledger shows that the right was missing before the vault was deleted, or was seen again since. */
const wasTakenOtherwise = (name: string, { vaultDeletedAt }: KeyObservation, known: Known): boolean =>
  vaultDeletedAt === undefined || wasLacking(name, vaultDeletedAt, known) || wasSeen(name, vaultDeletedAt, known);

/**
 * Whether a principal lost a right on this vault by its deletion alone. The recovery brings access policies back, and no role
 * assignments. It was somebody's act where the right was taken before, at any scope, or after it was seen again, or where it may
 * have been.
 */
export const wentWithVault = (
  principalId: string,
  right: GivenRight,
  { id, permissionModel }: VaultFacts,
  observation: KeyObservation,
  known: Known,
): boolean => {
  const { key, takenAway } = observation;
  const vaultId = id.toLowerCase();
  return (
    (right === 'reader' || permissionModel === 'rbac') &&
    wasDone(known, 'recoverVault', id) &&
    takenAway?.kind === 'present' &&
    !takenAway.value.some(
      (one) => one.principalId.toLowerCase() === principalId && concerns(one, right, vaultId, key.name),
    ) &&
    !wasTakenOtherwise(rightName(right, principalId), observation, known) &&
    diedWithVault(ofPrincipal(known.baseline, principalId), principalId, right, vaultId, observation)
  );
};
