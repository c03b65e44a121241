import type { KeyObservation, RoleAssignmentFacts, VaultDependents } from '../model/facts.ts';
import { isRole } from '../model/given-roles.ts';
import type { Known } from '../model/known.ts';
import { profileOf } from '../model/profiles.ts';
import type { Attempt } from '../model/records.ts';
import { consumersOf } from '../observation/pins.ts';
import { type VaultIdentity, vaultIdentity } from '../observation/vault-identity.ts';
import { stepIdOf } from './make-step.ts';
import type { StepSpec } from './steps.ts';

type Part = VaultDependents['eventSubscriptions'][number] | VaultDependents['diagnosticSettings'][number];

/** What a recovered vault lacks: what we make again, and what is left to those whose it was. */
export type Rebuilding = { readonly specs: readonly StepSpec[]; readonly left: VaultDependents };

const isSubscription = (part: Part): part is VaultDependents['eventSubscriptions'][number] => 'endpointType' in part;

/**
 * The step that makes a part again. Diagnostic settings: all that there were, since they let nobody in, and what happens to
 * keys must be seen by whoever saw it before. Event subscriptions: those that end at our own function app; anybody else's
 * events are not ours to send.
 */
const specOf = (its: VaultIdentity, part: Part): StepSpec | undefined => {
  if (part.body === undefined || (isSubscription(part) && !part.own)) return undefined;
  const kind = isSubscription(part) ? 'rebuildEventSubscription' : 'rebuildDiagnosticSetting';
  return { kind, target: its.vaultId, parameters: { ...its, name: part.name, body: part.body } };
};

/** What a consumer of the key had of it is given back as access, or is a finding; whatever else its identity had is not. */
const comesBack = ({ principalId, roleDefinitionId }: RoleAssignmentFacts, observation: KeyObservation): boolean =>
  consumersOf(observation).some(
    (one) =>
      one.principalId.kind === 'present' &&
      one.principalId.value.toLowerCase() === principalId.toLowerCase() &&
      (isRole(roleDefinitionId, 'key') || (profileOf(one.kind).readsVault && isRole(roleDefinitionId, 'reader'))),
  );

/**
 * What Azure has refused us to make in this incident is left to humans too: it wants rights at the other end as well.
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
