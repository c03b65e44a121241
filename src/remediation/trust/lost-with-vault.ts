import { type BaselineConsumer, ofPrincipal } from '../model/baseline.ts';
import type { HeldRole, KeyObservation, RoleAssignmentFacts, VaultFacts } from '../model/facts.ts';
import { type GivenRight, isRole } from '../model/given-roles.ts';
import type { Known } from '../model/known.ts';
import { within } from '../model/resource-id.ts';
import { accessOf } from '../observation/access.ts';
import { wasDone } from '../steps/done-steps.ts';
import { rightName, wasLacking, wasSeen } from './sighting.ts';

/** A role may give more than one right: that it is the one of the two that gives only the other says enough. */
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
 * Whether a principal had the right by a role at the vault or below it, which dies with the vault, and still has every role
 * that it had above: those outlive the vault, and whatever is gone of them somebody took. Where the baseline is older than
 * these words nobody can tell.
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

/** Whether the ledger shows that the right was missing before the vault was deleted, or that it was back since. */
const wasTakenOtherwise = (name: string, { vaultDeletedAt }: KeyObservation, known: Known): boolean =>
  vaultDeletedAt === undefined || wasLacking(name, vaultDeletedAt, known) || wasSeen(name, vaultDeletedAt, known);

/**
 * Whether a principal lost a right on this vault by its deletion alone. Recovery does not bring role assignments back, access
 * policies it does. What somebody had taken before, at whatever scope, or takes once the right was seen again, or may have
 * taken, was somebody's act.
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
