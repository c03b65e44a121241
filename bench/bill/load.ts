import { sweepOf, type Watched } from './counts.ts';
import { SWEEP_MINUTES } from './month.ts';

const MINUTE_MS = 60_000;

/** How full a worker may be with watching: the rest is for what heals, for events, and for a minute that is busier than others. */
export const FULL = 0.7;

/**
 * Processor time of a minute of watching, of the worker, in milliseconds: a minute of the probe and its part of a sweep. NaN where it
 * was not measured.
 */
export const minuteMs = (watched: Pick<Watched, 'sweep' | 'sweeps' | 'probe'>, look: string): number =>
  (watched.probe[look]?.processorMs ?? Number.NaN) + sweepOf(watched, look).processorMs / SWEEP_MINUTES;

/** An estate with this number of keys takes this share of one core; 1 is a whole core. */
export type Load = { readonly keys: number; readonly share: number };

export const loadOf = (watched: Watched, look: string): Load => ({
  keys: watched.shape.keys,
  share: minuteMs(watched, look) / MINUTE_MS,
});

const between = (from: Load, to: Load, part: number): Load => ({
  keys: from.keys + (to.keys - from.keys) * part,
  share: from.share + (to.share - from.share) * part,
});

/** The pairs of neighbours, in estates that are sorted by their number of keys. */
const pairsOf = (loads: readonly Load[]): readonly (readonly [Load, Load])[] =>
  loads.flatMap((from, at) => {
    const to = loads[at + 1];
    return to === undefined ? [] : [[from, to] as const];
  });

const largestOf = (loads: readonly Load[]): Load => {
  const largest = loads.at(-1);
  if (largest === undefined) throw new RangeError('Nothing was measured, nothing can be said of other sizes.');
  return largest;
};

/**
 * The share of one core that so many keys take, by what was measured, in the order of the keys: between two sizes on a straight line;
 * beyond the largest, as much for each key as there; below the smallest as much as that. @throws RangeError where nothing was measured
 */
export const shareAt = (loads: readonly Load[], keys: number): number => {
  const largest = largestOf(loads);
  if (keys >= largest.keys) return (largest.share * keys) / largest.keys;
  const pair = pairsOf(loads).find(([from, to]) => from.keys <= keys && keys < to.keys);
  if (pair === undefined) return loads[0]?.share ?? Number.NaN;
  const [from, to] = pair;
  return between(from, to, (keys - from.keys) / (to.keys - from.keys)).share;
};

/** The first size at which such estates take this share of one core, likewise. */
export const keysAt = (loads: readonly Load[], share: number): number => {
  const largest = largestOf(loads);
  const pair = pairsOf(loads).find(([from, to]) => from.share <= share && share < to.share);
  if (pair === undefined) return (largest.keys * share) / largest.share;
  const [from, to] = pair;
  return between(from, to, (share - from.share) / (to.share - from.share)).keys;
};

export const workersFor = (share: number): number => Math.max(1, Math.ceil(share / FULL));
