import type { Watched } from '../bill/counts.ts';
import { FULL, keysAt, type Load, loadOf, minuteMs, shareAt, workersFor } from '../bill/load.ts';
import { SWEEP_MINUTES } from '../bill/month.ts';
import { cellsByLook, LOOKS, looksOf, measuredBy, waysOf } from './looks.ts';
import { ESTATE_HEAD, estateCells, number, table } from './markdown.ts';

const SIZES = [1_000, 4_500, 10_000, 30_000, 100_000];

const percent = (share: number): string => `${number(Number((100 * share).toFixed(1)))} %`;

const rounded = (keys: number): string => number(Number(keys.toPrecision(2)));

const hoursOf = (watched: readonly Watched[]): string =>
  table(
    [...ESTATE_HEAD, ...waysOf(watched)],
    watched.map((one) => [
      ...estateCells(one.shape),
      ...cellsByLook(one, watched, (look) => {
        const ms = minuteMs(one, look);
        return `${number((60 * ms) / 1_000)} s, ${percent(ms / 60_000)}`;
      }),
    ]),
  );

/** Of several estates of the same size, the estate in more subscriptions: the others are at the limit of their subscriptions. */
const oneOfEachSize = (one: Watched, at: number, all: readonly Watched[]): boolean =>
  all.findIndex(({ shape: { keys, keysAVault } }) => keys === one.shape.keys && keysAVault === one.shape.keysAVault) ===
  at;

type Kind = { readonly keysAVault: number; readonly look: string; readonly loads: readonly Load[] };

const kindsOf = (watched: readonly Watched[]): readonly Kind[] =>
  [...Map.groupBy(watched.filter(oneOfEachSize), ({ shape }) => shape.keysAVault)].flatMap(([keysAVault, own]) =>
    looksOf(own).map((look) => ({
      keysAVault,
      look,
      loads: measuredBy(own, look).map((one) => loadOf(one, look)),
    })),
  );

const workersOf = (watched: readonly Watched[]): string =>
  table(
    [
      'keys a vault',
      'looked at by',
      'measured up to',
      'one worker is full at',
      ...SIZES.map((keys) => `${number(keys)} keys`),
    ],
    kindsOf(watched).map(({ keysAVault, look, loads }) => [
      number(keysAVault),
      LOOKS[look] ?? look,
      number(loads.at(-1)?.keys ?? Number.NaN),
      `${rounded(keysAt(loads, FULL))} keys`,
      ...SIZES.map((keys) => number(workersFor(shareAt(loads, keys)))),
    ]),
  );

export const workersChapter = (watched: readonly Watched[]): string => `## When one worker is not enough

Processor time of the worker for an hour of watching (60 minutes of the probe, ${60 / SWEEP_MINUTES} sweeps), in seconds of the machine named above, and the share of one of
its cores:

${hoursOf(watched)}

A worker runs JavaScript on one core. It is full here when watching takes ${percent(FULL)} of that: the rest is for repairs, for events, and for minutes that are
busier than others. The share is (processor time of a minute of the probe + processor time of a sweep / ${SWEEP_MINUTES}) / 60 s; between two measured sizes on a
straight line, beyond the largest as much for each key as there; workers are that divided by ${percent(FULL)}, rounded up. A slower core needs more.

${workersOf(watched)}

More workers share the reads, not the plan of a run, which one of them makes. [Where one worker is not enough](workers.md) says how they work together.`;
