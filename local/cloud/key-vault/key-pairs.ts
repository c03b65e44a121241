import { curveKeyPair, type KeyPair, rsaKeyPair } from '../kept-keys.ts';
import type { KeySize } from './key.ts';

/** Pairs per size. A 2048-bit pair costs 0.2 to 0.3 s, so a world of a thousand keys shares a few. */
const POOL = 4;

const pairs = new Map<string, KeyPair>();

const kept = (slot: string, make: () => KeyPair): KeyPair => {
  const pair = pairs.get(slot) ?? make();
  pairs.set(slot, pair);
  return pair;
};

/** A real RSA pair, made on first use and kept for the process. Successive ordinals get different pairs. */
export const keyPair = (size: KeySize, ordinal: number): KeyPair =>
  kept(`${size}/${ordinal % POOL}`, () => rsaKeyPair(`key-${ordinal % POOL}`, size));

/** The pair of keys of this number on the curve P-256. */
export const curvePair = (ordinal: number): KeyPair => kept(`P-256/${ordinal % POOL}`, curveKeyPair);
