import { type Baseline, recordedVersions } from '../model/baseline.ts';
import type { ConsumerFacts, KeyObservation } from '../model/facts.ts';
import { versionsInUse } from './versions-in-use.ts';

/**
 * `material`: SHA-256 of the public part of a version. It distinguishes the version from another version of the same name. Left
 * out where it is not known.
 */
export type KeyMaterial = { readonly material?: string };

type Seen = {
  readonly observation: Pick<KeyObservation, 'versions'>;
  readonly known: { readonly baseline?: Baseline };
};

/** The material of a version as the baseline recorded it; where the baseline has none, as it was observed now. */
export const materialOf = (version: string, { observation, known }: Seen): KeyMaterial => {
  const seen = observation.versions[version];
  const recorded = recordedVersions(known.baseline).get(version)?.material;
  const material = recorded ?? (seen?.kind === 'present' ? seen.value.material : undefined);
  return material === undefined ? {} : { material };
};

/** The material of the version that a consumer uses, where exactly one version is known. */
export const materialFor = (
  consumer: ConsumerFacts,
  seen: { readonly observation: KeyObservation; readonly known: Seen['known'] },
): KeyMaterial => {
  const { versions, gap } = versionsInUse([consumer], seen.observation);
  const [version] = versions;
  return version === undefined || versions.length > 1 || gap !== undefined ? {} : materialOf(version, seen);
};
