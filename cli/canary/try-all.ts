import type { Canary } from './canary.ts';
import { saidIn, type Trial } from './trial.ts';
import { TRIALS } from './trials/trials.ts';

export type Tried = {
  readonly trials: readonly Trial[];
  /** The fate of the canary key: a sentence. */
  readonly left: string;
};

/** The key is deleted and not purged: the person who tries may not have the right to purge, and no other key needs its name. */
const cleanUp = async ({ vault, keyName }: Canary): Promise<string> => {
  const deleted = await vault('DELETE', `/keys/${keyName}`);
  return deleted.status === 200
    ? `The key ${keyName} is deleted again. It stays among the deleted ones until its time is over, or somebody purges it.`
    : `The key ${keyName} is left: Azure has answered ${saidIn(deleted)} to its deletion. Delete it by hand.`;
};

/** Makes the key, runs all trials with it, and deletes it, also after an error. */
export const tryAll = async (canary: Canary, advance: () => void): Promise<Tried> => {
  const made = await canary.vault('POST', `/keys/${canary.keyName}/create`, { kty: 'RSA', key_size: 2048 });
  if (made.status !== 200)
    throw new Error(
      `The key ${canary.keyName} could not be made: Azure has answered ${saidIn(made)}. Nothing was tried.`,
    );
  const trials: Trial[] = [];
  try {
    for (const trial of TRIALS) {
      trials.push(await trial(canary));
      advance();
    }
    return { trials, left: await cleanUp(canary) };
  } catch (error) {
    await cleanUp(canary).catch(() => undefined);
    throw error;
  }
};
