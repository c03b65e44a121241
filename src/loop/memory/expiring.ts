import { canonicalJson, type Json } from '../../remediation/model/canonical.ts';
import type { KeyObservation, KeyVersionFacts } from '../../remediation/model/facts.ts';
import { pinsOf } from '../../remediation/observation/pins.ts';
import type { ExpiringVersions, KnownConsumers } from '../../store/key-state.ts';

/**
 * The most versions that are kept of one key, those that expire first. A person who can create consumers decides how
 * many versions are in use.
 */
const KEPT = 20;

/** Drops facts that may be long and say nothing about the expiry. A do-not-heal tag is kept in a column of its own. */
const keptOf = ({ operations: _operations, material: _material, ...facts }: KeyVersionFacts): KeyVersionFacts => ({
  ...facts,
  tags: {},
});

const byExpiry = (one: KeyVersionFacts, other: KeyVersionFacts): number =>
  Date.parse(one.expiresOn ?? '') - Date.parse(other.expiresOn ?? '');

/**
 * The versions in use that expire, as just read. A version that could not be read keeps its former facts. `undefined`
 * where no version expires.
 */
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

/** Whether an expiry differs from the recorded one. */
export const isNewsOfExpiry = (now: ExpiringVersions | undefined, before: KnownConsumers | undefined): boolean =>
  written(now) !== written(before?.expiring);
