import { createHash } from 'node:crypto';

/** A replacement of Math.random, in [0, 1), that gives the same numbers for the same seed. */
export function seededRandom(seed: string): () => number {
  let drawn = 0;
  return () => createHash('sha256').update(`${seed} ${drawn++}`).digest().readUIntBE(0, 6) / 2 ** 48;
}
