import type { Booted } from '../../local/boot.ts';
import { type Measured, withGoal, withoutGoal } from '../figure.ts';
import { KEYS_A_VAULT } from './big-estate.ts';
import { useOf } from './quota-use.ts';
import { observed, openUnknown, type Run, type Scene } from './scene.ts';
import { inUsualSubscriptions } from './shape.ts';

const MINUTE = 60_000;
/** The same period as for sweeps: a report of few consumers takes no time at all, and a long report is no busier than a sweep. */
const FIVE_MINUTES_S = 300;
const GOAL_MINUTES = 30;
const PATIENCE_MINUTES = 120;
type Instance = { readonly runtimeStatus: string; readonly output?: unknown };

/** The question comes from outside the clock, so that it can be asked while time passes. */
const hasEnded = async (rig: Booted): Promise<boolean> => {
  const { port, masterKey } = rig.host();
  const path = '/runtime/webhooks/durabletask/instances/postureReport';
  const answer = await fetch(`http://127.0.0.1:${port}${path}?code=${masterKey}`);
  if (!answer.ok) return false;
  const { runtimeStatus, output } = (await answer.json()) as Instance;
  if (runtimeStatus === 'Failed') throw new Error(`The posture report has failed: ${JSON.stringify(output)}`);
  return runtimeStatus === 'Completed';
};

const runOf = (scene: Scene): Promise<Run> =>
  observed(scene, async () => {
    const { rig } = scene;
    const { status } = await rig.call({ method: 'POST', path: '/api/keyed/posture' });
    if (status !== 202) throw new Error(`The posture report was not begun: ${status}.`);
    if (!(await rig.clock.advance(PATIENCE_MINUTES * MINUTE, () => hasEnded(rig))))
      throw new Error('No posture report has ended within two hours.');
  });

const reportOn = async (consumers: number): Promise<Run> => {
  const scene = await openUnknown(inUsualSubscriptions({ keys: consumers, keysAVault: KEYS_A_VAULT }));
  try {
    return await runOf(scene);
  } finally {
    await scene.rig.close();
  }
};

/** One posture report of an estate with a number of consumers, each with a key of its own. No sweep or probe is due meanwhile. */
export const measurePosture = async (consumers: number): Promise<readonly Measured[]> => {
  const run = await reportOn(consumers);
  const use = useOf(run.requests, FIVE_MINUTES_S);
  const calls = `${use.keyVaultCalls} calls of Key Vault, ${use.armCalls} of Resource Manager (${use.armPercent.toFixed(1)} % of what the most asked subscription allows in its busiest five minutes), ${use.throttled} refused`;
  return [
    {
      figure: withGoal('postureTime', (run.until - run.from) / MINUTE, 'virtual min', GOAL_MINUTES),
      remark: `${consumers} consumers; ${calls}`,
    },
    ...(run.memory === undefined
      ? []
      : [{ figure: withoutGoal('postureMemory', run.memory, 'MiB'), remark: 'the most that the worker held' }]),
    { figure: withoutGoal('postureWallTime', run.ms / 1_000, 's'), remark: 'the local cloud included' },
  ];
};
