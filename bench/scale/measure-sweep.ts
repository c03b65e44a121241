import type { Booted } from '../../local/boot.ts';
import { type Measured, withGoal, withoutGoal } from '../figure.ts';
import { costIn, subscriptionIn } from './big-estate.ts';
import { useOf } from './quota-use.ts';
import { observed, type Run, type Scene, SWEEPS_AT } from './scene.ts';
import { MEMORY_MIB } from './worker-memory.ts';

const MINUTE = 60_000;
const INSTANCES = '/runtime/webhooks/durabletask/instances';
/** The period of the product's sweeps. */
const PERIOD_S = 300;
const SHARE = 25;

type Instance = {
  readonly name: string;
  readonly runtimeStatus: string;
  readonly createdTime: string;
  readonly output?: unknown;
};

/**
 * Whether a sweep that began then, or later, has ended. The question comes from outside the clock, so that it can be asked while
 * time passes.
 */
export const hasSwept = async (rig: Booted, since: number): Promise<boolean> => {
  const { port, masterKey } = rig.host();
  const answer = await fetch(`http://127.0.0.1:${port}${INSTANCES}/sweepEstate?code=${masterKey}`);
  if (!answer.ok) return false;
  const { runtimeStatus, createdTime, output } = (await answer.json()) as Instance;
  if (Date.parse(createdTime) < since) return false;
  if (runtimeStatus === 'Failed') throw new Error(`The sweep has failed: ${JSON.stringify(output)}`);
  return runtimeStatus === 'Completed';
};

const woken = async (rig: Booted): Promise<number> => {
  const { body } = await rig.call({ method: 'GET', path: `${INSTANCES}?showInput=false` });
  return (body as readonly Instance[]).filter(({ name }) => name === 'reconcileKey').length;
};

/** One sweep of a healthy, recorded estate, at the time of day when the first pinned versions are read again. */
export const runOfSweep = async (scene: Scene): Promise<Run> => {
  const { rig } = scene;
  await rig.clock.advanceTo(SWEEPS_AT.getTime() - 1);
  return observed(scene, async () => {
    if (!(await rig.clock.advance(30 * MINUTE, () => hasSwept(rig, SWEEPS_AT.getTime()))))
      throw new Error('No sweep has ended within half an hour.');
  });
};

export const measureSweep = async (scene: Scene): Promise<readonly Measured[]> => {
  const { rig, shape } = scene;
  const run = await runOfSweep(scene);
  const seconds = (run.until - SWEEPS_AT.getTime()) / 1_000;
  const use = useOf(run.requests, PERIOD_S, { costIn, subscriptionIn: subscriptionIn(shape) });
  const each = `${shape.keys} consumers and keys, ${shape.subscriptions} subscriptions`;
  return [
    { figure: withGoal('sweepTime', seconds, 'virtual s', PERIOD_S), remark: each },
    {
      figure: withGoal('sweepArmQuota', use.armPercent, '% of a subscription', SHARE),
      remark: [
        `${use.armCalls} calls in five minutes, the most asked subscription counts, ${use.throttled} refused`,
        ...use.kinds,
      ].join('\n'),
    },
    {
      figure: withGoal('sweepVaultQuota', use.vaultPercent, '% of a vault', SHARE),
      remark: `${use.keyVaultCalls} calls in all; the fullest vault of any type of keys in its busiest ten seconds`,
    },
    {
      figure: withGoal('sweepRegionQuota', use.regionPercent, '% of a subscription', SHARE),
      remark: 'all vaults of the fullest subscription in their busiest ten seconds',
    },
    { figure: withGoal('sweepWakes', await woken(rig), 'durable instances', 0), remark: 'of keys: all are recorded' },
    ...(run.memory === undefined
      ? []
      : [{ figure: withGoal('sweepMemory', run.memory, 'MiB', MEMORY_MIB), remark: 'the most that the worker held' }]),
    { figure: withoutGoal('sweepProcessorTime', run.processorMs / 1_000, 's'), remark: 'of the worker' },
    { figure: withoutGoal('sweepWallTime', run.ms / 1_000, 's'), remark: 'the local cloud included' },
  ];
};
