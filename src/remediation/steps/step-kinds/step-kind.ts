import type { Risk, StepSpec } from '../../model/steps.ts';

/** What is true of every step of a kind. */
export type StepKindOf<Spec extends StepSpec> = {
  readonly risk: Risk;
  /** Whether more may be wrong than can be seen before it is done. */
  readonly reveals?: true;
  /** Azure actions the product needs for it, as in its custom role. */
  readonly actions: (spec: Spec) => readonly string[];
  readonly undo: (spec: Spec) => string;
  readonly sentence: (spec: Spec) => string;
};

export type SpecOf<Kind extends StepSpec['kind']> = Extract<StepSpec, { kind: Kind }>;
