import type { KeyObservation } from '../model/facts.ts';
import { isRole } from '../model/given-roles.ts';
import type { Known } from '../model/known.ts';
import { profileOf } from '../model/profiles.ts';
import type { Attempt } from '../model/records.ts';
import type { RoleAssignmentFacts, VaultDependents } from '../model/vault-dependents.ts';
import { consumersOf } from '../observation/pins.ts';
import { type VaultIdentity, vaultIdentity } from '../observation/vault-identity.ts';
import { stepIdOf } from './make-step.ts';
import type { StepSpec } from './steps.ts';

type Part = VaultDependents['eventSubscriptions'][number] | VaultDependents['diagnosticSettings'][number];

/**
 * The parts that a recovered vault lacks: `specs` for those that the product makes again, `left` for those that their owners must
 * make.
 */
export type Rebuilding = { readonly specs: readonly StepSpec[]; readonly left: VaultDependents };

const isSubscription = (part: Part): part is VaultDependents['eventSubscriptions'][number] => 'endpointType' in part;

/**
 * The step that makes a part again; `undefined` where the product must not. All diagnostic settings are made again: they give
 * nobody access, and their owners must see again what happens to the keys. Of the event subscriptions only those of the product's
 * own function app are: the product must not send events to others.
 */
const specOf = (its: VaultIdentity, part: Part): StepSpec | undefined => {
  if (part.body === undefined || (isSubscription(part) && !part.own)) return undefined;
  const kind = isSubscription(part) ? 'rebuildEventSubscription' : 'rebuildDiagnosticSetting';
  return { kind, target: its.vaultId, parameters: { ...its, name: part.name, body: part.body } };
};

/**
 * Whether another step gives the role back, or another finding reports it: so it is for the key access, or the read access to the
 * vault, of a consumer of this key. All other roles are left to a person.
 */
const comesBack = ({ principalId, roleDefinitionId }: RoleAssignmentFacts, observation: KeyObservation): boolean =>
  consumersOf(observation).some(
    (one) =>
      one.principalId.kind === 'present' &&
      one.principalId.value.toLowerCase() === principalId.toLowerCase() &&
      (isRole(roleDefinitionId, 'key') || (profileOf(one.kind).readsVault && isRole(roleDefinitionId, 'reader'))),
  );

/**
 * A part that Azure refused to let the product make in this incident is left to a person too: it needs rights at its destination.
 */
export const rebuildingOf = (
  lost: VaultDependents,
  observation: KeyObservation,
  known: Known,
  attempts: readonly Attempt[] = [],
): Rebuilding => {
  const its = vaultIdentity(observation, known);
  const refused = new Set(attempts.flatMap(({ outcome, stepId }) => (outcome === 'blocked' ? [stepId] : [])));
  const ours = (part: Part): readonly StepSpec[] => {
    const spec = specOf(its, part);
    return spec && !refused.has(stepIdOf(spec)) ? [spec] : [];
  };
  const isLeft = (part: Part): boolean => ours(part).length === 0;
  return {
    specs: [...lost.eventSubscriptions, ...lost.diagnosticSettings].flatMap(ours),
    left: {
      roleAssignments: lost.roleAssignments.filter((one) => !comesBack(one, observation)),
      eventSubscriptions: lost.eventSubscriptions.filter(isLeft),
      diagnosticSettings: lost.diagnosticSettings.filter(isLeft),
      locks: lost.locks,
    },
  };
};
