import type { ConsumerFacts, Fact, KeyObservation, KeyVersionFacts } from './facts.ts';
import { keyVersionId, parseKeyId } from './key-ref.ts';
import { consumersOf, versionFact } from './pins.ts';
import type { StepSpec } from './steps.ts';

/** The key version that a step is about. */
export const versionOf = (step: StepSpec): string =>
  step.kind === 'extendKeyExpiry' ? step.parameters.version : (parseKeyId(step.parameters.kid)?.version ?? '');

/** The version and the consumers that a step is for: its own consumer, or all that pin the version. */
export const servedBy = (
  step: StepSpec,
  observation: KeyObservation,
): { readonly version: Fact<KeyVersionFacts>; readonly consumers: readonly ConsumerFacts[] } => {
  const version = versionOf(step);
  const consumers = consumersOf(observation).filter((consumer) =>
    step.kind === 'extendKeyExpiry'
      ? consumer.pinned.version === version
      : consumer.id.toLowerCase() === step.target.toLowerCase(),
  );
  return { version: versionFact(observation, version), consumers };
};

/** Every id by which a person may mean a step: its key version, its vault, and its target where that is a consumer. */
export const touchedIds = (step: StepSpec, { key, vault }: KeyObservation): readonly string[] => [
  keyVersionId(key, versionOf(step)),
  ...(vault.kind === 'present' ? [vault.value.id.toLowerCase()] : []),
  ...(step.kind === 'revalidateConsumer' ? [step.target] : []),
];

/** Whether an id is this scope or lies in it; compared without case, segment by segment. `*` contains everything. */
export const within = (id: string, scope: string): boolean => {
  const outer = scope.trim().toLowerCase().replace(/\/+$/, '');
  const inner = id.toLowerCase();
  return outer === '*' || (outer !== '' && (inner === outer || inner.startsWith(`${outer}/`)));
};
