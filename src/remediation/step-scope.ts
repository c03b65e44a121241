import type { ConsumerFacts, Fact, KeyObservation } from './facts.ts';
import { keyId, keyVersionId, parseKeyId } from './key-ref.ts';
import { consumersOf, pinsOf, versionFact } from './pins.ts';
import type { StepSpec } from './steps.ts';

/** The key version that a step is about; `undefined` for one about the whole key. */
const versionOf = ({ parameters }: StepSpec): string | undefined => {
  if ('version' in parameters) return parameters.version;
  return 'kid' in parameters ? (parseKeyId(parameters.kid)?.version ?? '') : undefined;
};

const isForConsumer = ({ target }: StepSpec): boolean => target.startsWith('/');

/** Something that a person can put a tag on. */
export type Tagged = { readonly name: string; readonly tags: Readonly<Record<string, string>> };

/** What a step rests on beside the vault: its version as it was read, or the key as it was deleted. */
const subjectOf = (step: StepSpec, { key, loss, versions }: KeyObservation): Fact<Tagged> => {
  const version = versionOf(step);
  if (version === undefined) {
    if (loss?.kind !== 'present') return loss ?? { kind: 'absent' };
    return loss.value.kind === 'deleted'
      ? { kind: 'present', value: { name: keyId(key), tags: loss.value.tags } }
      : { kind: 'absent' };
  }
  const fact = versionFact({ versions }, version);
  return fact.kind === 'present' ? { kind: 'present', value: { name: fact.value.kid, tags: fact.value.tags } } : fact;
};

/** What a step rests on, and the consumers that it is for: its own, or all that pin its version, or all of the key. */
export const servedBy = (
  step: StepSpec,
  observation: KeyObservation,
): { readonly subject: Fact<Tagged>; readonly consumers: readonly ConsumerFacts[] } => {
  const version = versionOf(step);
  const consumers = consumersOf(observation).filter(({ id, pinned }) =>
    isForConsumer(step)
      ? id.toLowerCase() === step.target.toLowerCase()
      : version === undefined || pinned.version === version,
  );
  return { subject: subjectOf(step, observation), consumers };
};

/** The ids of a step itself: its key versions, its vault, and its target. */
export const ownIds = (step: StepSpec, observation: KeyObservation): readonly string[] => {
  const { key, vault } = observation;
  const version = versionOf(step);
  return [
    ...(version === undefined ? pinsOf(observation).map(({ kid }) => kid) : [keyVersionId(key, version)]),
    ...(vault.kind === 'present' ? [vault.value.id.toLowerCase()] : []),
    ...(version === undefined || isForConsumer(step) ? [step.target] : []),
  ];
};

/** Whether an id is this scope or lies in it; compared without case, segment by segment. `*` contains everything. */
export const within = (id: string, scope: string): boolean => {
  const outer = scope.trim().toLowerCase().replace(/\/+$/, '');
  const inner = id.toLowerCase();
  return outer === '*' || (outer !== '' && (inner === outer || inner.startsWith(`${outer}/`)));
};
