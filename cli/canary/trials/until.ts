import type { Canary } from '../canary.ts';

const SOON_MS = 1_000;
/** Longer than any deletion or recovery of a key was ever seen to take. */
export const PATIENCE_MS = 120_000;

/** How long it takes until this holds; `undefined` where it did not in two minutes. */
export const until = async (canary: Canary, holds: () => Promise<boolean>): Promise<number | undefined> => {
  const began = canary.now();
  while (canary.now() - began <= PATIENCE_MS) {
    if (await holds()) return canary.now() - began;
    await canary.sleep(SOON_MS);
  }
  return undefined;
};
