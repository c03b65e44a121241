import { type Look, WAYS } from '../scale/measure-looks.ts';
import { hasSwept } from '../scale/measure-sweep.ts';
import { LOOKS_FROM, observed, type Run, type Scene } from '../scale/scene.ts';

const MINUTE = 60_000;
/** As the product sweeps: what a sweep does depends on when the last one was. */
const PERIOD = 5 * MINUTE;
/** A way to look by lists has so long for itself: two sweeps belong to it, of which the second is measured. */
const SPAN = 12 * MINUTE;
/** A way to look that reads each version has so long. */
const SPAN_OF_READS = 3 * MINUTE;

const spanOf = (look: Look): number => (look === 'single' ? SPAN_OF_READS : SPAN);

/** When a way to look begins, in ms since 1970. */
const beginningOf = (at: number): number =>
  WAYS.slice(0, at).reduce((begun, { look }) => begun + spanOf(look), LOOKS_FROM.getTime());

/** Minutes of the hour at which there are sweeps: two of each way to look by lists. */
export const SWEEPS_BY_LISTS: readonly number[] = WAYS.flatMap(({ look, settlesIn }, at) =>
  look === 'single' ? [] : [0, PERIOD].map((after) => ((beginningOf(at) + after) / MINUTE + settlesIn) % 60),
);

/**
 * Minutes of the probe, one by one, and whole minutes of it in which there was a sweep as well; left out where a sweep reads every
 * version.
 */
export type RunsOfLook = { readonly minutes: readonly Run[]; readonly withSweep?: Run };

const untilSwept = async ({ rig }: Scene, since: number): Promise<void> => {
  for (let until = since + MINUTE; until < since + PERIOD; until += MINUTE) {
    await rig.clock.advanceTo(until - 1);
    if (await hasSwept(rig, since)) return;
  }
  throw new Error('A sweep by lists has not ended within four minutes.');
};

/** A minute of the probe alone. `from`: ms since 1970. */
const minuteOf = async (scene: Scene, from: number): Promise<Run> => {
  await scene.rig.clock.advanceTo(from - 1);
  return observed(scene, () => scene.rig.clock.advanceTo(from + MINUTE - 1).then(() => undefined));
};

/**
 * The minutes of the probe between two sweeps, and the second of these sweeps. The first minute takes more than those after it: what the
 * sweep has written is read again.
 */
const runsByLists = async (scene: Scene, settled: number): Promise<RunsOfLook> => {
  const { clock } = scene.rig;
  await clock.advanceTo(settled - 1);
  await untilSwept(scene, settled);
  const sweeps = settled + PERIOD;
  const minutes: Run[] = [];
  while (clock.now() + 1 < sweeps) minutes.push(await minuteOf(scene, clock.now() + 1));
  return { minutes, withSweep: await observed(scene, () => untilSwept(scene, sweeps)) };
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
    const own = look === 'single' ? { minutes: [await minuteOf(scene, settled)] } : await runsByLists(scene, settled);
    runs.set(look, own);
  }
  await rig.restartHost();
  return runs;
};
