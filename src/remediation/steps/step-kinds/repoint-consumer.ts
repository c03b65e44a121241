import { actionsOnKeyOf } from './consumer-actions.ts';
import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'repointConsumer'>;

export const repointConsumer: StepKindOf<Spec> = {
  risk: 'reversal',
  actions: ({ parameters }) => actionsOnKeyOf(parameters.consumerKind),
  undo: ({ parameters }) => `Point it back at ${parameters.kid}, which must stay enabled as long as backups need it.`,
  sentence: ({ target, parameters }) =>
    `Point ${target} at ${parameters.newKid} instead of ${parameters.kid}, which must stay enabled as long as backups need it.`,
};
