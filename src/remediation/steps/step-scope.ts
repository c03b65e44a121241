import type { ConsumerFacts, Fact, KeyObservation } from '../model/facts.ts';
import { keyId, keyVersionId, parseKeyId } from '../model/key-ref.ts';
import { oncePer } from '../model/once-per.ts';
import { consumersOf, userOf, usersAs, usesBy, versionFact } from '../observation/pins.ts';
import { vaultLossOf } from '../observation/vault-loss.ts';
import { type VersionsInUse, versionsInUse } from '../observation/versions-in-use.ts';
import type { Step } from './step.ts';
import { STEPS, type StepSpec } from './steps.ts';
import { type Tagged, tagged } from './tagged.ts';

/** The subject of a step. A step on a vault or a whole key serves all its consumers. */
export type StepSubject =
  | { readonly kind: 'vault' }
  | { readonly kind: 'key' }
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'consumer'; readonly id: string }
  | { readonly kind: 'principal'; readonly principalId: string; readonly consumerId: string };

/** The parameters hold the subject where `StepKindOf` demands it. */
export const subjectOf = ({ kind, target, parameters }: StepSpec): StepSubject => {
  const { subject } = STEPS[kind];
  return subject === 'consumer'
    ? { kind: subject, id: 'consumerId' in parameters ? parameters.consumerId : target }
    : ({ kind: subject, ...parameters } as StepSubject);
};

/**
 * The consumers that use a version. A step that gives the version back to all consumers also counts those that may use it: where
 * a consumer may use versions that are not known, this may be one of them. An extension is given up only where all consumers are
 * marked, so it counts only those that surely use the version.
 */
const usersOfVersion = (kind: StepSpec['kind'], version: string, observation: KeyObservation) => {
  const countsAnyMark = STEPS[kind].risk !== 'restore';
  return consumersOf(observation).filter((one) => {
    const { versions, gap } = versionsInUse([one], observation);
    return versions.includes(version) || (countsAnyMark && gap !== undefined);
  });
};

/** The consumers that a step serves: its own, those with its principal, or all that use its version or its key. */
const consumersFor = (
  kind: StepSpec['kind'],
  subject: StepSubject,
  observation: KeyObservation,
): readonly ConsumerFacts[] => {
  switch (subject.kind) {
    case 'vault':
    case 'key':
      return consumersOf(observation);
    case 'version':
      return usersOfVersion(kind, subject.version, observation);
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

/**
 * The observation by which a step is judged. For a step on one consumer that is not known to belong here (not in `ours`), the
 * observation has that consumer alone: such a consumer has no influence on other steps, but its facts and its own marks count for
 * the step on itself.
 */
export const withOwn = (step: StepSpec, ours: KeyObservation, everyone: KeyObservation): KeyObservation => {
  const subject = subjectOf(step);
  if (subject.kind !== 'consumer' || everyone.consumers.kind !== 'present') return ours;
  if (userOf(ours, subject.id) !== undefined) return ours;
  const own = usesBy(everyone, subject.id);
  return own.length === 0 ? ours : { ...ours, consumers: { kind: 'present', value: own } };
};

/** The versions that a step needs: a mark on any of them forbids it. */
const versionsFor = (step: StepSpec, subject: StepSubject, observation: KeyObservation): VersionsInUse => {
  if (subject.kind === 'version') return { versions: [subject.version] };
  const isForAll = subject.kind === 'vault' || subject.kind === 'key';
  const version = 'kid' in step.parameters ? parseKeyId(step.parameters.kid)?.version : undefined;
  return isForAll || version === undefined
    ? versionsInUse(consumersFor(step.kind, subject, observation), observation)
    : { versions: [version] };
};

const versionTagged = (observation: KeyObservation, version: string): Fact<Tagged> => {
  const fact = versionFact(observation, version);
  return fact.kind === 'present' ? tagged(fact.value.kid, fact.value.tags) : fact;
};

const versionsTagged = ({ versions, gap }: VersionsInUse, observation: KeyObservation): readonly Fact<Tagged>[] => {
  const facts = [...versions.map((version) => versionTagged(observation, version)), ...(gap ? [gap] : [])];
  return vaultLossOf(observation) === undefined ? facts : facts.map(() => ({ kind: 'absent' }));
};

/**
 * The facts that a step needs, each of which may have a tag: the vault, the rest of what the step brings back, and the versions
 * that it is about.
 */
export const restsOn = (step: StepSpec, observation: KeyObservation): readonly Fact<Tagged>[] => {
  const { bringsBack, gives } = STEPS[step.kind];
  const subject = subjectOf(step);
  const isOfVersions = subject.kind !== 'vault' && subject.kind !== 'key';
  const versions = isOfVersions ? versionsFor(step, subject, observation) : { versions: [] };
  const left = bringsBack === 'nothing' ? [] : [bringsBack.left(observation)];
  return [
    // A vault that the step brings back is not there: the deleted vault is read in its place.
    ...(gives === 'vault' && left.length > 0 ? [] : [observation.vault]),
    ...left,
    ...versionsTagged(versions, observation),
  ];
};

export const servedBy = (step: StepSpec, observation: KeyObservation): readonly ConsumerFacts[] =>
  consumersFor(step.kind, subjectOf(step), observation);

const servedIds = oncePer((serves: readonly string[]): ReadonlySet<string> => new Set(serves));

/** Whether a step serves the consumer of this id (lower-cased). */
export const isServedBy = ({ serves }: Pick<Step, 'serves'>, id: string): boolean => servedIds(serves).has(id);

/** The ids of the step itself: its key versions, its key where some versions are not known, its vault, and its target. */
export const ownIds = (step: StepSpec, observation: KeyObservation): readonly string[] => {
  const { key, vault } = observation;
  const subject = subjectOf(step);
  const { versions, gap } = versionsFor(step, subject, observation);
  return [
    ...versions.map((version) => keyVersionId(key, version)),
    ...(gap ? [keyId(key)] : []),
    ...(vault.kind === 'present' ? [vault.value.id.toLowerCase()] : []),
    ...(subject.kind === 'version' ? [] : [step.target]),
    ...('consumerId' in step.parameters ? [step.parameters.consumerId] : []),
  ];
};
