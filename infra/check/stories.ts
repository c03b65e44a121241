import type { Deployable } from './deployable.ts';

/** A key of the example, by which its server lives. */
export type Guarded = { readonly vault: string; readonly key: string };

const MINUTE = 60_000;

/** Lets virtual minutes pass until it holds; rejects with the sentence where it does not hold within so many of them. */
const within = async ({ clock }: Deployable, minutes: number, sentence: string, holds: () => boolean) => {
  for (let passed = 0; passed < minutes; passed += 1) {
    if (holds()) return;
    await clock.advance(MINUTE);
  }
  if (!holds()) throw new Error(`${sentence}: not within ${minutes} minutes`);
};

const versionOf = ({ cloud }: Deployable, { vault, key }: Guarded) =>
  cloud.world.keyVault.key(vault, key)?.versions.at(-1);

/** The version in use expires, and the deployed product extends it. */
export const expiredKey = async (place: Deployable, guarded: Guarded): Promise<void> => {
  await place.say('break/expire-key', guarded);
  await within(place, 20, 'an expired key is extended', () => {
    const exp = versionOf(place, guarded)?.exp;
    return exp !== undefined && exp * 1_000 > place.clock.now();
  });
};

/** Somebody deletes the key, and the deployed product recovers it. */
export const deletedKey = async (place: Deployable, guarded: Guarded): Promise<void> => {
  await place.say('break/delete-key', guarded);
  await within(place, 20, 'a deleted key is recovered', () => versionOf(place, guarded) !== undefined);
};
