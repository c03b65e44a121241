import type { VaultDependents } from '../../model/vault-dependents.ts';
import type { OfferedStep } from '../../steps/offered-step.ts';
import { rebuildingOf } from '../../steps/rebuilding.ts';
import type { StepSpec } from '../../steps/steps.ts';
import { partName, wasSeen } from '../../trust/sighting.ts';
import { rebuildScript } from '../rebuild-script.ts';
import { both, instruct, offer, type Remedy, type RemedyContext } from '../remedy.ts';

/**
 * Whether somebody may have deleted the part before the vault was deleted, or after it was recovered: then the recovery did not
 * lose it, and the product asks before it makes the part again.
 */
const mayBeTaken = (part: { readonly id: string }, { known, observation }: RemedyContext): boolean => {
  const { partsTaken, vaultDeletedAt } = observation;
  return (
    partsTaken?.kind !== 'present' || vaultDeletedAt === undefined || wasSeen(partName(part), vaultDeletedAt, known)
  );
};

const offered = (spec: StepSpec, lost: VaultDependents, context: RemedyContext): OfferedStep => {
  const parts = spec.kind === 'rebuildEventSubscription' ? lost.eventSubscriptions : lost.diagnosticSettings;
  const isTaken = parts.some(
    (part) => 'name' in spec.parameters && part.name === spec.parameters.name && mayBeTaken(part, context),
  );
  return { spec, ...(isTaken && { risk: 'reversal' }) };
};

/** Makes again the parts of the vault that the product can make; the rest is a script for the owners of those parts. */
export const rebuild: Remedy = ({ target: vaultId, sentence }, context) => {
  const { attempts, known, observation } = context;
  const { notRebuilt } = observation;
  if (notRebuilt?.kind === 'unknown')
    return instruct(
      `${sentence} Compare its role assignments, event subscriptions, diagnostic settings and locks with what you know of it.`,
    );
  if (notRebuilt?.kind !== 'present') return instruct();
  const { value: lost } = notRebuilt;
  const { left, specs } = rebuildingOf(lost, observation, known, attempts);
  const script = rebuildScript(vaultId, left);
  return both(
    offer(...specs.map((spec) => offered(spec, lost, context))),
    script.length === 0
      ? instruct()
      : instruct(
          `Recovery of ${vaultId} did not bring these back, and they are for those whose they were to make again: ${script.map((line) => `\`${line}\``).join('; ')}.`,
        ),
  );
};
