import { canonicalJson, sha256 } from './canonical.ts';
import { extendKeyExpiry } from './step-kinds/extend-key-expiry.ts';
import { revalidateConsumer } from './step-kinds/revalidate-consumer.ts';
import type { SpecOf, StepKindOf } from './step-kinds/step-kind.ts';
import type { Step, StepKind, StepSpec } from './steps.ts';

const STEP_KINDS: { readonly [Kind in StepKind]: StepKindOf<SpecOf<Kind>> } = { extendKeyExpiry, revalidateConsumer };

/** SHA-256 of kind, target and parameters in canonical form. */
export const stepIdOf = ({ kind, target, parameters }: StepSpec): string =>
  sha256(canonicalJson({ kind, target, parameters }));

/** The step that a spec names, with what it touches and the steps it depends on. */
export const makeStep = (spec: StepSpec, touches: readonly string[], dependsOn: readonly string[]): Step => {
  const { risk, actions, undo, sentence } = STEP_KINDS[spec.kind] as StepKindOf<StepSpec>;
  return {
    ...spec,
    stepId: stepIdOf(spec),
    risk,
    actions: actions(spec),
    undo: undo(spec),
    sentence: sentence(spec),
    touches,
    dependsOn,
  };
};
