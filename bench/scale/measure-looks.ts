import { type Measured, withGoal, withoutGoal } from '../figure.ts';
import { useOf } from './quota-use.ts';
import { LOOKS_FROM, observed, type Run, type Scene } from './scene.ts';

const MINUTE = 60_000;

/**
 * `settlesIn`: minutes until a worker that has just begun looks as it will: where it goes by lists, it reads every key itself at first.
 * `share`: what the goal is of the calls that reading each key takes.
 */
type Way = { readonly look: string; readonly name: string; readonly settlesIn: number; readonly share?: number };

const WAYS: readonly Way[] = [
  { look: 'single', name: 'probeCallsByReads', settlesIn: 1 },
  { look: 'dataPlaneList', name: 'probeCallsByVaultLists', settlesIn: 2, share: 0.045 },
  { look: 'resourceManagerList', name: 'probeCallsByManagerLists', settlesIn: 2, share: 0.002 },
];

const figureOf = ({ name, share }: Way, keys: number, run: Run): Measured => {
  const use = useOf(run.requests, 60);
  const unit = 'calls of Key Vault a minute';
  const figure =
    share === undefined
      ? withoutGoal(name, use.keyVaultCalls, unit)
      : withGoal(name, use.keyVaultCalls, unit, Math.ceil(keys * share));
  const shares = `${use.vaultPercent.toFixed(1)} % of a vault, ${use.regionPercent.toFixed(1)} % of the subscription at most`;
  const arm = `${use.armCalls} calls of Resource Manager (${use.armPercent.toFixed(1)} %)`;
  const memory = run.memory === undefined ? '' : `, ${run.memory.toFixed(0)} MiB`;
  return { figure, remark: `${keys} keys; ${shares}; ${arm}, ${use.throttled} refused${memory}` };
};

/** A minute of the probe over a healthy estate, in each way to look at it, side by side. Leaves a worker that reads each key. */
export const measureLooks = async (scene: Scene): Promise<readonly Measured[]> => {
  const { rig, keys } = scene;
  const measured: Measured[] = [];
  let at = LOOKS_FROM.getTime() - 1;
  for (const way of WAYS) {
    await rig.clock.advanceTo(at);
    await rig.restartHost({ GUARDIAN_LOOK: way.look });
    at += way.settlesIn * MINUTE;
    await rig.clock.advanceTo(at);
    at += MINUTE;
    const run = await observed(scene, () => rig.clock.advanceTo(at).then(() => undefined));
    measured.push(figureOf(way, keys, run));
  }
  await rig.restartHost();
  return measured;
};
