import { canonicalJson, sha256 } from '../model/canonical.ts';
import type { KeyObservation } from '../model/facts.ts';
import type { OfferedStep } from './offered-step.ts';
import type { Step } from './step.ts';
import { ownIds, servedBy } from './step-scope.ts';
import { kindOf, type StepSpec } from './steps.ts';

/** SHA-256 of kind, target and parameters in canonical form. */
export const stepIdOf = ({ kind, target, parameters }: StepSpec): string =>
  sha256(canonicalJson({ kind, target, parameters }));

/** Azure actions that the product needs for the step, as in its custom role. */
export const actionsOf = (spec: StepSpec): readonly string[] => kindOf(spec).actions(spec);

/** The step of a spec, with the ids that it touches and the steps that it depends on. */
export const makeStep = (
  { spec, risk, asks, attemptsAt, givenAt, seen, networkWas, assigned }: OfferedStep,
  observation: KeyObservation,
  dependsOn: readonly string[],
): Step => {
  const kind = kindOf(spec);
  const { reveals = false, undo, sentence } = kind;
  return {
    ...spec,
    stepId: stepIdOf(spec),
    risk: risk ?? kind.risk,
    ...(asks !== undefined && { asks }),
    ...(attemptsAt !== undefined && { attemptsAt }),
    ...(seen !== undefined && { seen }),
    ...(networkWas !== undefined && { networkWas }),
    ...(assigned !== undefined && { assigned }),
    ...(givenAt !== undefined && { givenAt }),
    reveals,
    actions: actionsOf(spec),
    undo: undo(spec),
    sentence: sentence(spec),
    touches: [...new Set(ownIds(spec, observation))],
    serves: [...new Set(servedBy(spec, observation).map(({ id }) => id.toLowerCase()))],
    dependsOn,
  };
};
