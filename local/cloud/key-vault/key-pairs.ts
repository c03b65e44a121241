import { type KeyPair, rsaKeyPair } from '../kept-keys.ts';
import type { KeySize } from './key.ts';

/** Pairs per size. A 2048-bit pair costs 0.2 to 0.3 s, so a world of a thousand keys shares a few. */
const POOL = 4;

const pairs = new Map<string, KeyPair>();

/** A real RSA pair, made on first use and kept for the process. Successive ordinals get different pairs. */
export const keyPair = (size: KeySize, ordinal: number): KeyPair => {
  const slot = `${size}/${ordinal % POOL}`;
  const known = pairs.get(slot);
  if (known) return known;
  const made = rsaKeyPair(`key-${ordinal % POOL}`, size);
  pairs.set(slot, made);
  return made;
};
