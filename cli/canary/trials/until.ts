import type { Canary } from '../canary.ts';

const SOON_MS = 1_000;
/** Longer than the longest known deletion or recovery of a key. */
export const PATIENCE_MS = 120_000;

/** Milliseconds until the condition holds; `undefined` where it did not within two minutes. */
export const until = async (canary: Canary, holds: () => Promise<boolean>): Promise<number | undefined> => {
  const began = canary.now();
  while (canary.now() - began <= PATIENCE_MS) {
    if (await holds()) return canary.now() - began;
    await canary.sleep(SOON_MS);
  }
  return undefined;
};
