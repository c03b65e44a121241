import { type Measured, withGoal, withoutGoal } from '../figure.ts';
import { costIn, subscriptionIn } from './big-estate.ts';
import { useOf } from './quota-use.ts';
import { LOOKS_FROM, observed, type Run, type Scene } from './scene.ts';

const MINUTE = 60_000;

/**
 * `settlesIn`: minutes until a new worker looks in its usual way: where it looks by lists, it reads every key itself at first.
 * `share`: the goal as a share of the calls that reading each key takes.
 */
type Way = { readonly look: Look; readonly name: string; readonly settlesIn: number; readonly share?: number };

/** A value of GUARDIAN_LOOK. */
export type Look = 'single' | 'dataPlaneList' | 'resourceManagerList' | 'auto';

export const WAYS: readonly Way[] = [
  { look: 'single', name: 'probeCallsByReads', settlesIn: 1 },
  { look: 'dataPlaneList', name: 'probeCallsByVaultLists', settlesIn: 2, share: 0.045 },
  { look: 'resourceManagerList', name: 'probeCallsByManagerLists', settlesIn: 2, share: 0.002 },
  { look: 'auto', name: 'probeCallsByEitherList', settlesIn: 2 },
];

const figureOf = ({ name, share }: Way, { shape }: Scene, run: Run): Measured => {
  const { keys } = shape;
  const use = useOf(run.requests, 60, { costIn, subscriptionIn: subscriptionIn(shape) });
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

/** Measures a minute of the probe in each way to look, one after the other. The worker reads each key afterwards. */
const minutesOf = async <Value>(scene: Scene, take: (way: Way, run: Run) => Value): Promise<readonly Value[]> => {
  const { rig } = scene;
  const taken: Value[] = [];
  let at = LOOKS_FROM.getTime() - 1;
  for (const way of WAYS) {
    await rig.clock.advanceTo(at);
    await rig.restartHost({ GUARDIAN_LOOK: way.look });
    at += way.settlesIn * MINUTE;
    await rig.clock.advanceTo(at);
    at += MINUTE;
    taken.push(take(way, await observed(scene, () => rig.clock.advanceTo(at).then(() => undefined))));
  }
  await rig.restartHost();
  return taken;
};

/** A minute of the probe over a healthy estate, in each way to look, side by side. The worker reads each key afterwards. */
export const measureLooks = (scene: Scene): Promise<readonly Measured[]> =>
  minutesOf(scene, (way, run) => figureOf(way, scene, run));
