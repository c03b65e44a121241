import type { Watched } from '../bill/counts.ts';
import type { Detection } from '../bill/detection.ts';
import { cellsByLook, waysOf } from './looks.ts';
import { ESTATE_HEAD, estateCells, number, table } from './markdown.ts';

/** Virtual seconds within which 95 of a hundred losses are found, in every estate. */
const WITHIN_S = 60;

const cellOf = (found: Detection | undefined): string => {
  if (found === undefined) return '';
  const { p50, p95, worst } = found;
  return `${number(p50)}, ${p95 > WITHIN_S ? `**${number(p95)}: too late**` : number(p95)}, ${number(worst)}`;
};

/** How many keys were lost at a time: `25 to 200 keys`. */
const lossesOf = (watched: readonly Watched[]): string => {
  const losses = watched.flatMap(({ detection }) => Object.values(detection).map((found) => found.losses));
  return `${number(Math.min(...losses))} to ${number(Math.max(...losses))} keys`;
};

export const detectionChapter = (watched: readonly Watched[]): string => `## How soon a loss is found

${lossesOf(watched)} are deleted or disabled at random times of a minute, or of several where one would lose more than a fiftieth of the estate. Seconds
until the incident is open, by the probe alone: of half of them, of 95 % (the goal is ${WITHIN_S} s at most), at worst. Where 25 keys are lost, the 24th
of them counts: chance moves it by a second or two.

${table(
  [...ESTATE_HEAD, ...waysOf(watched)],
  watched.map((one) => [
    ...estateCells(one.shape),
    ...cellsByLook(one, watched, (look) => cellOf(one.detection[look])),
  ]),
)}`;
