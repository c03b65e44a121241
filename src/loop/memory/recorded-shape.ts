import type { Verdict } from '../../store/key-state.ts';

/**
 * The shape in which the healthy state of a key is recorded. It is raised with every change of the product that makes another
 * baseline of the same world: then each key that is well is recorded anew once, and the sweep says how far that is.
 */
export const RECORDED_SHAPE: number = 2;

/** Whether a key was last recorded in a former shape. What was written before shapes had numbers is of the first. */
export const isOfFormerShape = (verdict: Pick<Verdict, 'shape'> | undefined, shape: number = RECORDED_SHAPE): boolean =>
  verdict !== undefined && (verdict.shape ?? 1) < shape;

/** What a part of a sweep says of keys that are well and were recorded in a former shape; `undefined` of none. */
export const recordedAnew = (woken: number, waiting: number): string | undefined =>
  woken + waiting === 0
    ? undefined
    : `Keys recorded anew, since the shape of what is kept has changed: ${woken} now, ${waiting} left to later sweeps.`;
