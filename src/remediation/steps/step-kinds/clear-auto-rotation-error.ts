import { CONSUMER_KINDS, profileOf } from '../../model/profiles.ts';
import type { KeyMaterial } from '../../observation/material.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { actionsOnKeyOf } from './consumer-actions.ts';
import { setKeyManually } from './consumer-manually.ts';
import type { StepKindOf } from './step-kind.ts';

type ClearAutoRotationError = VaultIdentity & KeyMaterial & { readonly kid: string };

const ROTATING = CONSUMER_KINDS.filter((kind) => profileOf(kind).rotatesByItself);

export const clearAutoRotationError: StepKindOf<ClearAutoRotationError> = {
  risk: 'restore',
  mayUndo: false,
  subject: 'consumer',
  purpose: 'proof',
  undoneIn: 'activityLog',
  reveals: false,
  needs: 'nothing',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'atOnce',
  opensVault: false,
  rereadsVersions: false,
  isFor: ({ rotatesByItself }) => rotatesByItself,
  choice: 'nothing',
  actions: () => [...new Set(ROTATING.flatMap(actionsOnKeyOf))],
  manualCommands: ({ target, parameters: { kid } }) =>
    ROTATING.slice(0, 1).flatMap((kind) => setKeyManually(kind, target, kid)),
  undo: () => 'Nothing to undo: it keeps the key version that it had.',
  sentence: ({ target, parameters }) =>
    `Update ${target} with the key that it has, ${parameters.kid}, so that it rotates by itself again.`,
};
