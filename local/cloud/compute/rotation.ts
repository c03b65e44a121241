import type { World } from '../service.ts';
import type { ById } from './by-id.ts';
import type { DiskEncryptionSet, SetKey } from './disk-encryption-set.ts';
import { refusalOf, STARTING } from './key-access.ts';

/** A new version is taken up "within one hour" (Server-side encryption, automatic key rotation). */
const NOTICED_AFTER = 30 * 60_000;
/** How long this cloud takes to wrap the keys of all disks anew. */
const WRAPPED_AFTER = 10 * 60_000;

/** The id of a key's current version, by the id of any of its versions. */
export type CurrentVersion = (kid: string) => string | undefined;

/** Makes every set that follows the latest version notice a new version. */
export const followVersions = (world: World, sets: ById<DiskEncryptionSet>, current: CurrentVersion): void =>
  world.onChange(({ kind, data }) => {
    if (kind !== 'keyVersionCreated') return;
    for (const set of sets.all()) {
      if (!set.rotationToLatestKeyVersionEnabled || current(set.activeKey.keyUrl) !== data?.['kid']) continue;
      const notice = () => world.clock.hold(() => rotate(world, set, current));
      world.clock.setTimeout(() => void notice().catch((error) => world.log(`${set.name}: ${error}`)), NOTICED_AFTER);
    }
  });

/** Uses the current version of the key from now on; does not try while `autoKeyRotationError` is set. */
export const rotate = async (world: World, set: DiskEncryptionSet, current: CurrentVersion): Promise<void> => {
  const latest = current(set.activeKey.keyUrl);
  if (!set.rotationToLatestKeyVersionEnabled || set.autoKeyRotationError || latest === undefined) return;
  if (latest === set.activeKey.keyUrl) return;
  const refusal = await refusalOf(world, set, STARTING, latest);
  if (refusal) {
    set.autoKeyRotationError = refusal;
    world.changed({ kind: 'diskSetChanged', resourceId: set.id, at: world.clock.now() });
    return;
  }
  changeKey(world, set, { ...set.activeKey, keyUrl: latest });
};

/**
 * Gives the set another key or version. The former one stays among the previous keys until all disks are wrapped with the new
 * one.
 */
export const changeKey = (world: World, set: DiskEncryptionSet, key: SetKey): void => {
  const before = set.activeKey;
  set.activeKey = key;
  if (before.keyUrl.toLowerCase() === key.keyUrl.toLowerCase()) return;
  set.previousKeys = [...set.previousKeys, before];
  set.lastKeyRotationAt = world.clock.now();
  world.changed({ kind: 'diskSetChanged', resourceId: set.id, at: world.clock.now() });
  world.clock.setTimeout(() => {
    set.previousKeys = set.previousKeys.filter((each) => each !== before);
  }, WRAPPED_AFTER);
};
