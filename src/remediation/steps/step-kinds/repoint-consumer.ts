import type { ConsumerFacts } from '../../model/facts.ts';
import { type ConsumerKind, profileOf } from '../../model/profiles.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { actionsOnKeyOf } from './consumer-actions.ts';
import { setKeyManually } from './consumer-manually.ts';
import type { StepKindOf } from './step-kind.ts';

type RepointConsumer = VaultIdentity & {
  readonly consumerKind: ConsumerKind;
  readonly kid: string;
  readonly newKid: string;
};

/** A consumer is not pointed at a key version that it uses already, also not at that of another of its keys. */
const withKey = (
  { kind, pinned, otherKeys = [] }: ConsumerFacts,
  newKid: string,
): Omit<RepointConsumer, keyof VaultIdentity> | undefined =>
  !profileOf(kind).mayBeRepointed ||
  [pinned.kid, ...otherKeys].some((kid) => kid.toLowerCase() === newKid.toLowerCase())
    ? undefined
    : { consumerKind: kind, kid: pinned.kid, newKid };

export const repointConsumer: StepKindOf<RepointConsumer> = {
  risk: 'reversal',
  mayUndo: true,
  subject: 'consumer',
  purpose: 'repair',
  undoneIn: 'activityLog',
  reveals: false,
  needs: 'nothing',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'atOnce',
  opensVault: false,
  rereadsVersions: false,
  isFor: ({ mayBeRepointed }) => mayBeRepointed,
  choice: { of: 'newKid', parameters: withKey },
  actions: ({ parameters }) => actionsOnKeyOf(parameters.consumerKind),
  manualCommands: ({ target, parameters: { consumerKind, newKid } }) => setKeyManually(consumerKind, target, newKid),
  undo: ({ parameters }) => `Point it back at ${parameters.kid}, which must stay enabled as long as backups need it.`,
  sentence: ({ target, parameters }) =>
    `Point ${target} at ${parameters.newKid} instead of ${parameters.kid}, which must stay enabled as long as backups need it.`,
};
