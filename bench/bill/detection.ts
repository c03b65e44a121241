import { delaysOf, giveBack, loseAll, lossesIn, percentile } from '../scale/losses.ts';
import { type Look, WAYS } from '../scale/measure-looks.ts';
import type { Scene } from '../scale/scene.ts';

const MINUTE = 60_000;
/** Until a worker that has just begun looks as it will, and has found well what was lost before. */
const SETTLES_IN = 4 * MINUTE;
/** For the probe that finds the last of them, and the looks that open their incidents. */
const FOUND_IN = 2 * MINUTE;
/** What is measured before takes most of the hour in which the bench probes otherwise. */
const EVERY_MINUTE = '0 * * * * *';
/** 200 of 10,000 keys in a minute, and as large a share of other estates, but five keys at least. */
const LOST_SHARE = 0.02;
const LEAST_A_MINUTE = 5;
/** Of fewer losses a percentile says little: they go on for more minutes. */
const LEAST_LOSSES = 25;
const PARTS = WAYS.length;

/** Virtual seconds from a loss until its incident is open. */
export type Detection = { readonly losses: number; readonly p50: number; readonly p95: number; readonly worst: number };

/** A part of the keys for each way to look, each time others: those of before have a history. */
const candidatesOf = ({ shape: { keys } }: Scene, which: number): readonly number[] =>
  Array.from({ length: keys }, (_, n) => n).filter((n) => n % PARTS === which);

/** How many keys are lost in all, and in how many minutes. */
const lossesOf = (keys: number, candidates: number): { readonly count: number; readonly minutes: number } => {
  const aMinute = Math.max(LEAST_A_MINUTE, Math.ceil(LOST_SHARE * keys));
  const count = Math.min(candidates, Math.max(LEAST_LOSSES, aMinute));
  return { count, minutes: Math.ceil(count / aMinute) };
};

/** Keys are deleted or disabled at random times of minutes, while it is looked at them in this way. */
export const detect = async (scene: Scene, look: Look, which: number): Promise<Detection> => {
  const { rig } = scene;
  await rig.restartHost({ GUARDIAN_LOOK: look, GUARDIAN_PROBE_SCHEDULE: EVERY_MINUTE });
  await rig.clock.advance(SETTLES_IN);
  const candidates = candidatesOf(scene, which);
  const { count, minutes } = lossesOf(scene.shape.keys, candidates.length);
  const lost = lossesIn(candidates, count, rig.clock.now(), minutes);
  await loseAll(scene, lost);
  await rig.clock.advance(FOUND_IN);
  const seconds = await delaysOf(scene, lost);
  giveBack(scene, lost);
  return {
    losses: lost.length,
    p50: percentile(seconds, 0.5),
    p95: percentile(seconds, 0.95),
    worst: Math.max(...seconds),
  };
};
