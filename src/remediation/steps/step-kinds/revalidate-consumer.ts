import type { ConsumerKind } from '../../model/profiles.ts';
import type { KeyMaterial } from '../../observation/material.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { actionsOnKeyOf } from './consumer-actions.ts';
import { setKeyManually } from './consumer-manually.ts';
import type { StepKindOf } from './step-kind.ts';

type RevalidateConsumer = VaultIdentity & KeyMaterial & { readonly consumerKind: ConsumerKind; readonly kid: string };

export const revalidateConsumer: StepKindOf<RevalidateConsumer> = {
  risk: 'restore',
  mayUndo: false,
  subject: 'consumer',
  purpose: 'trial',
  undoneIn: 'activityLog',
  reveals: false,
  needs: 'nothing',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'atOnce',
  opensVault: false,
  rereadsVersions: false,
  isFor: ({ sameKeyUpdate }) => sameKeyUpdate !== 'never',
  choice: 'nothing',
  actions: ({ parameters }) => actionsOnKeyOf(parameters.consumerKind),
  manualCommands: ({ target, parameters: { consumerKind, kid } }) => setKeyManually(consumerKind, target, kid),
  undo: () => 'Nothing to undo: it keeps the key version that it had.',
  sentence: ({ target, parameters }) => `Revalidate ${target} with the key version that it has, ${parameters.kid}.`,
};
