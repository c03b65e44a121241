import type { ConsumerFacts, Fact, KeyObservation, KeyVersionFacts } from './facts.ts';
import { keyVersionId, parseKeyId } from './key-ref.ts';
import { consumersOf, versionFact } from './pins.ts';
import type { Step } from './steps.ts';

/** The key version that a step is about. */
export const versionOf = (step: Step): string =>
  step.kind === 'extendKeyExpiry' ? step.parameters.version : (parseKeyId(step.parameters.kid)?.version ?? '');

/** The version facts and the consumers that a step touches: its own consumer, or all that pin the version. */
export const touchedBy = (
  step: Step,
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

/** Every id under which a person may name the key of an observation: version, key, vault, and whatever contains them. */
export const keyIds = (step: Step, { key, vault }: KeyObservation): readonly string[] => [
  keyVersionId(key, versionOf(step)),
  ...(vault.kind === 'present' ? [vault.value.id] : []),
];

/** Whether an id is this scope or lies in it; compared without case, segment by segment. `*` contains everything. */
export const within = (id: string, scope: string): boolean => {
  const outer = scope.trim().toLowerCase().replace(/\/+$/, '');
  const inner = id.toLowerCase();
  return outer === '*' || (outer !== '' && (inner === outer || inner.startsWith(`${outer}/`)));
};
