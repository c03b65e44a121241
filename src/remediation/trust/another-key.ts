import { recordedVersions } from '../model/baseline.ts';
import type { Fact, KeyObservation, KeyVersionFacts } from '../model/facts.ts';
import { keyVersionId } from '../model/key-ref.ts';
import type { Known } from '../model/known.ts';
import { lostPins, readPins } from '../observation/pins.ts';

type Seen = { readonly observation: KeyObservation; readonly known: Known };
type Recorded = ReturnType<typeof recordedVersions>;

const differs = (version: string, material: string | undefined, recorded: Recorded): boolean => {
  const was = recorded.get(version)?.material;
  return was !== undefined && material !== undefined && was !== material;
};

/** Finds a version with a recorded name and another public part: neither version can unwrap what the other has wrapped. */
const exchanged = ({ observation }: Seen, recorded: Recorded): string | undefined => {
  const facts: readonly (Fact<KeyVersionFacts> | undefined)[] = [observation.recorded, observation.current];
  const seen = [
    ...readPins(observation).map((pin) => pin.facts),
    ...facts.flatMap((fact) => (fact?.kind === 'present' ? [fact.value] : [])),
  ];
  const other = seen.find(({ version, material }) => differs(version, material, recorded));
  return other && `${other.kid} has another public part than it had`;
};

/** A rotated key keeps its former versions, and nobody can delete one alone: a key without them is another key. */
const withoutRecorded = ({ observation }: Seen, recorded: Recorded): string | undefined => {
  const { current, key } = observation;
  const [lost] = lostPins(observation, 'versionMissing').filter(({ version = '' }) => recorded.has(version));
  if (lost) return `it does not hold the version ${lost.kid}`;
  return observation.recorded?.kind === 'absent' && current?.kind === 'present'
    ? `its version ${current.value.kid} is none that was in use, and it does not hold those: ${[...recorded.keys()].map((version) => keyVersionId(key, version)).join(', ')}`
    : undefined;
};

const deletedOther = ({ observation: { loss } }: Seen, recorded: Recorded): string | undefined =>
  loss?.kind === 'present' &&
  loss.value.kind === 'deleted' &&
  differs(loss.value.version ?? '', loss.value.material, recorded)
    ? `the deleted key has another public part in its version ${loss.value.version}`
    : undefined;

/**
 * Why this key is not the one that was in use at the last healthy look, in half a sentence. A key that was restored from a backup
 * has the same versions with the same public parts, and is the same key. `undefined` where nothing shows another key.
 */
export const whyAnotherKey = (seen: Seen): string | undefined => {
  const recorded = recordedVersions(seen.known.baseline);
  return exchanged(seen, recorded) ?? withoutRecorded(seen, recorded) ?? deletedOther(seen, recorded);
};

/**
 * Whether nobody can tell that a deleted key is the one that was in use: its current version is not a recorded one, and a
 * consumer would use just that version. For a consumer that names a version, the recovery shows whether that version is back.
 */
export const isUnprovenDeleted = ({ observation, known }: Seen, isFollowed: boolean): boolean => {
  const recorded = recordedVersions(known.baseline);
  const { loss } = observation;
  return (
    isFollowed &&
    recorded.size > 0 &&
    loss?.kind === 'present' &&
    loss.value.kind === 'deleted' &&
    loss.value.version !== undefined &&
    !recorded.has(loss.value.version)
  );
};
