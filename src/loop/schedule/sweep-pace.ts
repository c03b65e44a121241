import type { RunPace } from '../../azure/azure.ts';
import type { Guardian } from '../guardian.ts';
import type { SweepRange } from '../messages.ts';

/**
 * The sweep's part of the product's share of each quota. The looks that it wakes read the same keys again; the probe takes the
 * rest.
 */
export const SWEEPS_PART = 0.15;

/** The part that ten seconds of a sweep may take where the keys of a vault happen to come together; on average it is the one above. */
export const SWEEPS_PEAK = 0.225;

/**
 * An activity that has not ended after five minutes is given up (host.json): what would be read later than this is left to the
 * next sweep.
 */
const LONGEST_MS = 210_000;

/** The pace of reads that no plan has spread over time; `undefined` where the plan has reckoned with every read. */
export const paceOf = (
  { settings }: Pick<Guardian, 'settings'>,
  { beside = 1, by }: SweepRange,
): RunPace | undefined =>
  by === 'lists' ? { share: settings.quotaShare * SWEEPS_PART, until: Date.now() + LONGEST_MS, beside } : undefined;
