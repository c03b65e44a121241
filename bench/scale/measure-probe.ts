import { type Measured, withGoal, withoutGoal } from '../figure.ts';
import { spreadOf } from '../spread.ts';
import { costIn } from './big-estate.ts';
import { delaysOf, loseAll, lossesIn, percentile } from './losses.ts';
import { useOf } from './quota-use.ts';
import { observed, PROBES_FROM, type Scene } from './scene.ts';
import { MEMORY_MIB } from './worker-memory.ts';

const MINUTE = 60_000;
const LOSSES = 200;
const GOAL_S = 60;
const SHARE = 25;

/** Two runs of the probe, and keys lost at random times of the first. */
export const measureProbe = async (scene: Scene): Promise<readonly Measured[]> => {
  const { rig, keys } = scene;
  const numbers = Array.from({ length: keys }, (_, n) => n);
  const lost = lossesIn(numbers, LOSSES, PROBES_FROM.getTime());
  await rig.clock.advanceTo(PROBES_FROM.getTime() - 1);
  const run = await observed(scene, async () => {
    await loseAll(scene, lost);
    await rig.clock.advanceTo(PROBES_FROM.getTime() + 2 * MINUTE - 1);
  });
  // What the last turn of the probe has found may still wait for its look, whose reads take their turn.
  await rig.clock.advance(MINUTE);
  const found = await delaysOf(scene, lost);
  const use = useOf(run.requests, 120, costIn);
  const times = `p50 ${spreadOf(found).median.toFixed(1)} s, at worst ${Math.max(...found).toFixed(1)} s`;
  return [
    {
      figure: withGoal('probeDetectionP95', percentile(found, 0.95), 'virtual s', GOAL_S),
      remark: `${times}; ${lost.length} of ${keys} keys, deleted or disabled at random times of a minute`,
    },
    {
      figure: withGoal('probeVaultQuota', use.vaultPercent, '% of a vault', SHARE),
      remark: `${use.keyVaultCalls} calls in two minutes, ${use.throttled} refused; the fullest vault of any type of keys in its busiest ten seconds`,
    },
    {
      figure: withGoal('probeRegionQuota', use.regionPercent, '% of the subscription', SHARE),
      remark: 'all vaults together in their busiest ten seconds',
    },
    ...(run.memory === undefined
      ? []
      : [{ figure: withGoal('probeMemory', run.memory, 'MiB', MEMORY_MIB), remark: 'the most that the worker held' }]),
    {
      figure: withoutGoal('probeWallTime', run.ms / 2_000, 's'),
      remark: 'for a virtual minute, the local cloud and the looks at lost keys included',
    },
  ];
};
