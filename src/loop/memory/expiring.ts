import { canonicalJson, type Json } from '../../remediation/model/canonical.ts';
import type { KeyObservation, KeyVersionFacts } from '../../remediation/model/facts.ts';
import { pinsOf } from '../../remediation/observation/pins.ts';
import type { ExpiringVersions, KnownConsumers } from '../../store/key-state.ts';

/** So many are kept of one key, the nearest first: whoever may make consumers decides how many versions are in use. */
const KEPT = 20;

/** Without what may be long and decides nothing of an expiry: the mark of a tag is kept by itself. */
const keptOf = ({ operations: _operations, material: _material, ...facts }: KeyVersionFacts): KeyVersionFacts => ({
  ...facts,
  tags: {},
});

const byExpiry = (one: KeyVersionFacts, other: KeyVersionFacts): number =>
  Date.parse(one.expiresOn ?? '') - Date.parse(other.expiresOn ?? '');

/** The versions in use that expire, as they were just read; of one that could not be read, as it was before. None where none does. */
export const expiringIn = (
  observation: KeyObservation,
  before: KnownConsumers | undefined,
): ExpiringVersions | undefined => {
  if (observation.consumers.kind !== 'present') return before?.expiring;
  const known = new Map((before?.expiring?.versions ?? []).map((facts) => [facts.version, facts]));
  const versions = pinsOf(observation).flatMap(({ fact, version = '' }): readonly KeyVersionFacts[] => {
    if (fact.kind === 'present') return fact.value.expiresOn === undefined ? [] : [keptOf(fact.value)];
    const was = known.get(version);
    return fact.kind === 'unknown' && was ? [was] : [];
  });
  if (versions.length === 0) return undefined;
  const current =
    observation.current?.kind === 'present' ? observation.current.value.version : before?.expiring?.current;
  return {
    versions: versions.toSorted(byExpiry).slice(0, KEPT),
    ...(current !== undefined && { current }),
  };
};

const written = (expiring: ExpiringVersions | undefined): string => canonicalJson((expiring ?? {}) as unknown as Json);

/** Whether a version expires otherwise than it was last seen to. */
export const isNewsOfExpiry = (now: ExpiringVersions | undefined, before: KnownConsumers | undefined): boolean =>
  written(now) !== written(before?.expiring);
