import type { Verdict } from '../../store/key-state.ts';

/**
 * The number of the shape in which baselines are recorded. A change of the product that makes another baseline of the
 * same observation raises it. Then each healthy key is recorded once more, and the sweep reports the progress.
 */
export const RECORDED_SHAPE: number = 2;

/** Whether the last record of a key has an earlier shape. Records without a number have shape 1. */
export const isOfFormerShape = (verdict: Pick<Verdict, 'shape'> | undefined, shape: number = RECORDED_SHAPE): boolean =>
  verdict !== undefined && (verdict.shape ?? 1) < shape;

/** The sweep's sentence about healthy keys with a record of an earlier shape; `undefined` where there is none. */
export const recordedAnew = (woken: number, waiting: number): string | undefined =>
  woken + waiting === 0
    ? undefined
    : `Keys recorded anew, since the shape of what is kept has changed: ${woken} now, ${waiting} left to later sweeps.`;
