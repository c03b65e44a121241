import type { ConsumerFacts, Fact, KeyObservation } from '../model/facts.ts';
import { keyId, keyVersionId, parseKeyId } from '../model/key-ref.ts';
import { consumersOf, pinsOf, userOf, usersAs, versionFact } from '../observation/pins.ts';
import { vaultLossOf } from '../observation/vault-loss.ts';
import type { StepSpec } from './steps.ts';

/** Something that a person can put a tag on. */
export type Tagged = { readonly name: string; readonly tags: Readonly<Record<string, string>> };

/** What a step is about. What is about a vault or a whole key serves all of its consumers. */
export type Subject =
  | { readonly kind: 'vault' }
  | { readonly kind: 'key' }
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'consumer'; readonly id: string }
  | { readonly kind: 'principal'; readonly principalId: string; readonly consumerId: string };

export const subjectOf = (step: StepSpec): Subject => {
  switch (step.kind) {
    case 'recoverVault':
    case 'setVaultBypass':
    case 'restoreNetworkRules':
    case 'enableSoftDelete':
    case 'enablePurgeProtection':
    case 'rebuildEventSubscription':
    case 'rebuildDiagnosticSetting':
      return { kind: 'vault' };
    case 'recoverKey':
    case 'restoreKeyFromBackup':
      return { kind: 'key' };
    case 'enableKey':
    case 'setActivationDate':
    case 'extendKeyExpiry':
      return { kind: 'version', version: step.parameters.version };
    case 'grantKeyAccess':
    case 'grantReader':
      return { kind: 'principal', ...step.parameters };
    case 'startVirtualMachines':
      return { kind: 'consumer', id: step.parameters.consumerId };
    case 'assignIdentity':
    case 'repointConsumer':
    case 'clearAutoRotationError':
    case 'revalidateConsumer':
      return { kind: 'consumer', id: step.target };
  }
};

/** The consumers that a step is for: its own, those of its identity, or all that pin its version or use its key. */
const consumersFor = (subject: Subject, observation: KeyObservation): readonly ConsumerFacts[] => {
  switch (subject.kind) {
    case 'vault':
    case 'key':
      return consumersOf(observation);
    case 'version':
      return consumersOf(observation).filter(({ pinned }) => pinned.version === subject.version);
    case 'consumer':
      return [userOf(observation, subject.id) ?? []].flat();
    case 'principal':
      return [
        ...new Set([
          ...usersAs(observation, subject.principalId),
          ...[userOf(observation, subject.consumerId) ?? []].flat(),
        ]),
      ];
  }
};

/** The versions that a step rests on: one is enough to know whether somebody forbids it. */
const versionsFor = (step: StepSpec, subject: Subject, observation: KeyObservation): readonly string[] => {
  if (subject.kind === 'version') return [subject.version];
  if (subject.kind === 'vault' || subject.kind === 'key') return pinsOf(observation).map(({ version }) => version);
  const kid = 'kid' in step.parameters ? parseKeyId(step.parameters.kid)?.version : undefined;
  return kid === undefined
    ? [...new Set(consumersFor(subject, observation).map(({ pinned }) => pinned.version))]
    : [kid];
};

const tagged = (name: string, tags: Tagged['tags'] = {}): Fact<Tagged> => ({ kind: 'present', value: { name, tags } });

/** What a step that brings something back rests on: what is left of it. */
const lostFact = (step: StepSpec, { key, loss, backup }: KeyObservation): Fact<Tagged> => {
  if (loss?.kind !== 'present') return loss ?? { kind: 'absent' };
  if (step.kind === 'restoreKeyFromBackup') {
    if (loss.value.kind !== 'gone') return { kind: 'absent' };
    return backup?.kind === 'present' ? tagged(backup.value) : (backup ?? { kind: 'absent' });
  }
  return loss.value.kind === 'deleted' ? tagged(keyId(key), loss.value.tags) : { kind: 'absent' };
};

const versionTagged = (observation: KeyObservation, version: string): Fact<Tagged> => {
  if (vaultLossOf(observation) !== undefined) return { kind: 'absent' };
  const fact = versionFact(observation, version);
  return fact.kind === 'present' ? tagged(fact.value.kid, fact.value.tags) : fact;
};

const vaultTagged = (step: StepSpec, observation: KeyObservation): Fact<Tagged> => {
  if (step.kind !== 'recoverVault') return observation.vault;
  const loss = vaultLossOf(observation);
  if (loss?.kind === 'deleted') return tagged(loss.vaultId, loss.tags);
  return observation.vaultLoss?.kind === 'unknown' ? observation.vaultLoss : { kind: 'absent' };
};

/** What a step rests on, each of which may carry a tag: the vault, and the key or the versions that it is about. */
export const restsOn = (step: StepSpec, observation: KeyObservation): readonly Fact<Tagged>[] => {
  const subject = subjectOf(step);
  const vault = vaultTagged(step, observation);
  if (subject.kind === 'vault') return [vault];
  if (subject.kind === 'key') return [vault, lostFact(step, observation)];
  return [vault, ...versionsFor(step, subject, observation).map((version) => versionTagged(observation, version))];
};

export const servedBy = (step: StepSpec, observation: KeyObservation): readonly ConsumerFacts[] =>
  consumersFor(subjectOf(step), observation);

/** The ids of a step itself: its key versions, its vault, and its target. */
export const ownIds = (step: StepSpec, observation: KeyObservation): readonly string[] => {
  const { key, vault } = observation;
  const subject = subjectOf(step);
  return [
    ...versionsFor(step, subject, observation).map((version) => keyVersionId(key, version)),
    ...(vault.kind === 'present' ? [vault.value.id.toLowerCase()] : []),
    ...(subject.kind === 'version' ? [] : [step.target]),
    ...('consumerId' in step.parameters ? [step.parameters.consumerId] : []),
  ];
};

/** Whether an id is this scope or lies in it; compared without case, segment by segment. `*` contains everything. */
export const within = (id: string, scope: string): boolean => {
  const outer = scope.trim().toLowerCase().replace(/\/+$/, '');
  const inner = id.toLowerCase();
  return outer === '*' || (outer !== '' && (inner === outer || inner.startsWith(`${outer}/`)));
};
