import { actionsOnKeyOf } from './consumer-actions.ts';
import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'revalidateConsumer'>;

export const revalidateConsumer: StepKindOf<Spec> = {
  risk: 'restore',
  actions: ({ parameters }) => actionsOnKeyOf(parameters.consumerKind),
  undo: () => 'Nothing to undo: it keeps the key version that it had.',
  sentence: ({ target, parameters }) => `Revalidate ${target} with the key version that it has, ${parameters.kid}.`,
};
