import { canonicalJson, sha256 } from './canonical.ts';
import type { KeyObservation } from './facts.ts';
import { enableKey } from './step-kinds/enable-key.ts';
import { extendKeyExpiry } from './step-kinds/extend-key-expiry.ts';
import { recoverKey } from './step-kinds/recover-key.ts';
import { revalidateConsumer } from './step-kinds/revalidate-consumer.ts';
import { setActivationDate } from './step-kinds/set-activation-date.ts';
import type { SpecOf, StepKindOf } from './step-kinds/step-kind.ts';
import { ownIds, servedBy } from './step-scope.ts';
import type { Step, StepKind, StepSpec } from './steps.ts';

const STEP_KINDS: { readonly [Kind in StepKind]: StepKindOf<SpecOf<Kind>> } = {
  recoverKey,
  enableKey,
  setActivationDate,
  extendKeyExpiry,
  revalidateConsumer,
};

/** SHA-256 of kind, target and parameters in canonical form. */
export const stepIdOf = ({ kind, target, parameters }: StepSpec): string =>
  sha256(canonicalJson({ kind, target, parameters }));

/** The step that a spec names, with what it touches and the steps it depends on. */
export const makeStep = (spec: StepSpec, observation: KeyObservation, dependsOn: readonly string[]): Step => {
  const { risk, reveals = false, actions, undo, sentence } = STEP_KINDS[spec.kind] as StepKindOf<StepSpec>;
  return {
    ...spec,
    stepId: stepIdOf(spec),
    risk,
    reveals,
    actions: actions(spec),
    undo: undo(spec),
    sentence: sentence(spec),
    touches: [...new Set(ownIds(spec, observation))],
    serves: servedBy(spec, observation).consumers.map(({ id }) => id.toLowerCase()),
    dependsOn,
  };
};
