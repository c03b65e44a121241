import { type Look, WAYS } from '../scale/measure-looks.ts';
import { hasSwept } from '../scale/measure-sweep.ts';
import { LOOKS_FROM, observed, type Run, type Scene } from '../scale/scene.ts';

const MINUTE = 60_000;
/** So long after a worker has begun by lists a sweep has as much to read as every sweep after that. */
const SWEEPS_AFTER = 5 * MINUTE;
/** A way to look by lists has so long for itself: a sweep belongs to it. */
const SPAN = 10 * MINUTE;
/** A way to look that reads each version has so long. */
const SPAN_OF_READS = 3 * MINUTE;

const spanOf = (look: Look): number => (look === 'single' ? SPAN_OF_READS : SPAN);

/** When a way to look begins, in ms since 1970. */
const beginningOf = (at: number): number =>
  WAYS.slice(0, at).reduce((begun, { look }) => begun + spanOf(look), LOOKS_FROM.getTime());

/** Minutes of the hour at which there are sweeps: one of each way to look by lists. */
export const SWEEPS_BY_LISTS: readonly number[] = WAYS.flatMap(({ look }, at) =>
  look === 'single' ? [] : [((beginningOf(at) + SWEEPS_AFTER) / MINUTE) % 60],
);

/** A minute of the probe, and whole minutes of it in which there was a sweep as well; left out where a sweep reads every version. */
export type RunsOfLook = { readonly minute: Run; readonly withSweep?: Run };

const untilSwept = async ({ rig }: Scene, since: number): Promise<void> => {
  for (let until = since + MINUTE; until <= since + SPAN - SWEEPS_AFTER; until += MINUTE) {
    await rig.clock.advanceTo(until - 1);
    if (await hasSwept(rig, since)) return;
  }
  throw new Error('A sweep by lists has not ended within five minutes.');
};

/** What each way to look takes, one after the other. */
export const runsByLook = async (scene: Scene): Promise<ReadonlyMap<Look, RunsOfLook>> => {
  const { rig } = scene;
  const runs = new Map<Look, RunsOfLook>();
  for (const [at, { look, settlesIn }] of WAYS.entries()) {
    const begins = beginningOf(at);
    await rig.clock.advanceTo(begins - 1);
    await rig.restartHost({ GUARDIAN_LOOK: look });
    const settled = begins + settlesIn * MINUTE;
    await rig.clock.advanceTo(settled - 1);
    const minute = await observed(scene, () => rig.clock.advanceTo(settled + MINUTE - 1).then(() => undefined));
    if (look === 'single') {
      runs.set(look, { minute });
      continue;
    }
    const sweeps = begins + SWEEPS_AFTER;
    await rig.clock.advanceTo(sweeps - 1);
    runs.set(look, { minute, withSweep: await observed(scene, () => untilSwept(scene, sweeps)) });
  }
  await rig.restartHost();
  return runs;
};
