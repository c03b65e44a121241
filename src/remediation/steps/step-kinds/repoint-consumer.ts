import type { ConsumerKind } from '../../model/facts.ts';
import { actionsOnKeyOf } from './consumer-actions.ts';
import type { StepKindOf } from './step-kind.ts';

type RepointConsumer = { readonly consumerKind: ConsumerKind; readonly kid: string; readonly newKid: string };

export const repointConsumer: StepKindOf<RepointConsumer> = {
  risk: 'reversal',
  actions: ({ parameters }) => actionsOnKeyOf(parameters.consumerKind),
  undo: ({ parameters }) => `Point it back at ${parameters.kid}, which must stay enabled as long as backups need it.`,
  sentence: ({ target, parameters }) =>
    `Point ${target} at ${parameters.newKid} instead of ${parameters.kid}, which must stay enabled as long as backups need it.`,
};
