import type { Measured } from '../figure.ts';
import { withCostlyKeys } from './big-estate.ts';
import { measureLooks } from './measure-looks.ts';
import { measureProbe } from './measure-probe.ts';
import { measureSweep } from './measure-sweep.ts';
import { openScene } from './scene.ts';

/** A sweep, the ways to look, and two runs of the probe over an estate of so many keys, each used by a server. */
export const measureScale = async (keys: number): Promise<readonly Measured[]> => {
  const scene = await openScene(keys, { change: withCostlyKeys });
  try {
    return [...(await measureSweep(scene)), ...(await measureLooks(scene)), ...(await measureProbe(scene))];
  } finally {
    await scene.rig.close();
  }
};
