import { actionsOnKeyOf } from './consumer-actions.ts';
import { onlyDiskEncryptionSets } from './for-whom.ts';
import type { StepKindOf } from './step-kind.ts';

type ClearAutoRotationError = { readonly kid: string };

export const clearAutoRotationError: StepKindOf<ClearAutoRotationError> = {
  risk: 'restore',
  subject: 'consumer',
  purpose: 'proof',
  reveals: false,
  needs: 'nothing',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'atOnce',
  opensVault: false,
  rereadsVersions: false,
  isFor: onlyDiskEncryptionSets,
  choice: 'nothing',
  actions: () => actionsOnKeyOf('diskEncryptionSet'),
  undo: () => 'Nothing to undo: it keeps the key version that it had.',
  sentence: ({ target, parameters }) =>
    `Update ${target} with the key that it has, ${parameters.kid}, so that it rotates by itself again.`,
};
