import type { Measured } from '../figure.ts';
import { KEYS_A_VAULT, withCostlyKeys } from './big-estate.ts';
import { measureLooks } from './measure-looks.ts';
import { measureProbe } from './measure-probe.ts';
import { measureSweep } from './measure-sweep.ts';
import { openScene, PROBES_FROM, type Scene, type Surroundings } from './scene.ts';
import type { Shape } from './shape.ts';

/** The most keys that are tried in one subscription: beyond them its quotas are the limit. */
const MOST_IN_ONE = 10_000;
/** Keys of each subscription of larger estates. */
const KEYS_A_SUBSCRIPTION = 500;

/** Up to 10,000 keys are in one subscription, more in one for each 500. */
export const scaleShape = (keys: number): Shape => ({
  keys,
  keysAVault: KEYS_A_VAULT,
  subscriptions: keys <= MOST_IN_ONE ? 1 : Math.ceil(keys / KEYS_A_SUBSCRIPTION),
});

/** The measurements of an estate of this shape. */
export type Scaled = { readonly shape: Shape; readonly measured: readonly Measured[] };

type Measure = (scene: Scene) => Promise<readonly Measured[]>;

/** The measurements of an estate, and the differences of its surroundings. */
type Course = { readonly measures: readonly Measure[]; readonly surroundings: Surroundings };

const WHOLE: Course = { measures: [measureSweep, measureLooks, measureProbe], surroundings: {} };

/** In the minute before the minute without a loss, a new worker reaches its usual state. */
const SETTLES_FROM = PROBES_FROM.getUTCMinutes() - 2;

/**
 * The ways to look are measured only in smaller estates: each probe of a larger one takes long, so that no probe runs before the
 * last ones.
 */
const LARGE: Course = {
  measures: [measureSweep, measureProbe],
  surroundings: { otherSettings: { GUARDIAN_PROBE_SCHEDULE: `0 ${SETTLES_FROM}-59 3 * * *` } },
};

/** A sweep, the ways to look, and two runs of the probe over an estate of so many keys, each used by a server. */
export const measureScale = async (keys: number): Promise<Scaled> => {
  const shape = scaleShape(keys);
  const { measures, surroundings } = keys <= MOST_IN_ONE ? WHOLE : LARGE;
  const scene = await openScene(shape, { change: withCostlyKeys, ...surroundings });
  try {
    const measured: Measured[] = [];
    for (const measure of measures) measured.push(...(await measure(scene)));
    return { shape, measured };
  } finally {
    await scene.rig.close();
  }
};
