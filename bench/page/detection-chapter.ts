import type { Watched } from '../bill/counts.ts';
import type { Detection } from '../bill/detection.ts';
import { looksOf, waysOf } from './looks.ts';
import { ESTATE_HEAD, estateCells, number, table } from './markdown.ts';

/** Virtual seconds within which 95 of a hundred losses are found, in every estate. */
const WITHIN_S = 60;

const cellOf = (found: Detection | undefined): string => {
  if (found === undefined) return '';
  const { p50, p95, worst } = found;
  return `${number(p50)}, ${p95 > WITHIN_S ? `**${number(p95)}: too late**` : number(p95)}, ${number(worst)}`;
};

export const detectionChapter = (watched: readonly Watched[]): string => `## How soon a loss is found

Keys are deleted or disabled at random times of a minute, 200 or a third of the estate. Seconds until the incident is open, by the probe alone: of half of
them, of 95 % (the goal is ${WITHIN_S} s at most), at worst.

${table(
  [...ESTATE_HEAD, ...waysOf(watched)],
  watched.map(({ shape, detection }) => [
    ...estateCells(shape),
    ...looksOf(watched).map((look) => cellOf(detection[look])),
  ]),
)}`;
