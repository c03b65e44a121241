import { type Measured, withGoal, withoutGoal } from '../figure.ts';
import { spreadOf } from '../spread.ts';
import { costIn, subscriptionIn } from './big-estate.ts';
import { delaysOf, loseAll, lossesIn, percentile } from './losses.ts';
import { useOf } from './quota-use.ts';
import { observed, PROBES_FROM, type Run, type Scene } from './scene.ts';
import { MEMORY_MIB } from './worker-memory.ts';

const MINUTE = 60_000;
const LOSSES = 200;
const GOAL_S = 60;
const SHARE = 25;

/** A minute without a loss, before the keys are lost. */
const healthyMinute = async (scene: Scene): Promise<Run> => {
  const { clock } = scene.rig;
  await clock.advanceTo(PROBES_FROM.getTime() - MINUTE - 1);
  return observed(scene, () => clock.advanceTo(PROBES_FROM.getTime() - 1).then(() => undefined));
};

/** The share of Azure's quotas that two minutes of the probe used. */
const quotasOf = (use: ReturnType<typeof useOf>): readonly Measured[] => [
  {
    figure: withGoal('probeArmQuota', use.armPercent, '% of a subscription', SHARE),
    remark: `${use.armCalls} calls in two minutes, the most asked subscription counts; looks at lost keys included`,
  },
  {
    figure: withGoal('probeVaultQuota', use.vaultPercent, '% of a vault', SHARE),
    remark: `${use.keyVaultCalls} calls in two minutes, ${use.throttled} refused; the fullest vault of any type of keys in its busiest ten seconds`,
  },
  {
    figure: withGoal('probeRegionQuota', use.regionPercent, '% of a subscription', SHARE),
    remark: 'all vaults of the fullest subscription in their busiest ten seconds',
  },
];

/** A run of the probe without a loss; and two more, with keys lost at random times of the first of them. */
export const measureProbe = async (scene: Scene): Promise<readonly Measured[]> => {
  const { rig, shape } = scene;
  const { keys } = shape;
  const numbers = Array.from({ length: keys }, (_, n) => n);
  const lost = lossesIn(numbers, LOSSES, PROBES_FROM.getTime());
  const healthy = await healthyMinute(scene);
  const run = await observed(scene, async () => {
    await loseAll(scene, lost);
    await rig.clock.advanceTo(PROBES_FROM.getTime() + 2 * MINUTE - 1);
  });
  // The findings of the probe's last turn may still wait for their look, whose reads wait for their turn.
  await rig.clock.advance(MINUTE);
  const found = await delaysOf(scene, lost);
  const use = useOf(run.requests, 120, { costIn, subscriptionIn: subscriptionIn(shape) });
  const times = `p50 ${spreadOf(found).median.toFixed(1)} s, at worst ${Math.max(...found).toFixed(1)} s`;
  return [
    {
      figure: withGoal('probeDetectionP95', percentile(found, 0.95), 'virtual s', GOAL_S),
      remark: `${times}; ${lost.length} of ${keys} keys, deleted or disabled at random times of a minute`,
    },
    ...quotasOf(use),
    ...(run.memory === undefined
      ? []
      : [{ figure: withGoal('probeMemory', run.memory, 'MiB', MEMORY_MIB), remark: 'the most that the worker held' }]),
    {
      figure: withoutGoal('probeProcessorTime', healthy.processorMs / 1_000, 's'),
      remark: 'of the worker for a virtual minute in which all is well',
    },
    {
      figure: withoutGoal('probeWallTime', run.ms / 2_000, 's'),
      remark: 'for a virtual minute, the local cloud and the looks at lost keys included',
    },
  ];
};
