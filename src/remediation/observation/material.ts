import { type Baseline, recordedVersions } from '../model/baseline.ts';
import type { ConsumerFacts, KeyObservation } from '../model/facts.ts';
import { versionsInUse } from './versions-in-use.ts';

/** What tells one key version from another of the same name: SHA-256 of its public part. Left out where nothing tells. */
export type KeyMaterial = { readonly material?: string };

type Seen = {
  readonly observation: Pick<KeyObservation, 'versions'>;
  readonly known: { readonly baseline?: Baseline };
};

/** The material of a version as it was when all was well, and so far as nobody recorded that, as it is seen. */
export const materialOf = (version: string, { observation, known }: Seen): KeyMaterial => {
  const seen = observation.versions[version];
  const recorded = recordedVersions(known.baseline).get(version)?.material;
  const material = recorded ?? (seen?.kind === 'present' ? seen.value.material : undefined);
  return material === undefined ? {} : { material };
};

/** The same of the version that a consumer uses, where that is one. */
export const materialFor = (
  consumer: ConsumerFacts,
  seen: { readonly observation: KeyObservation; readonly known: Seen['known'] },
): KeyMaterial => {
  const { versions, gap } = versionsInUse([consumer], seen.observation);
  const [version] = versions;
  return version === undefined || versions.length > 1 || gap !== undefined ? {} : materialOf(version, seen);
};
