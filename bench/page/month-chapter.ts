import { SETTINGS } from '../../src/config/table.ts';
import type { Counts, Watched } from '../bill/counts.ts';
import { judge } from '../bill/goals.ts';
import { type Line, monthOf } from '../bill/month.ts';
import type { Prices } from '../bill/prices.ts';
import type { Made } from '../bill/results.ts';
import { VAULTS_A_SUBSCRIPTION } from '../scale/shape.ts';
import { cellsByLook, LOOKS, looksOf, measuredBy, waysOf } from './looks.ts';
import { dollars, ESTATE_HEAD, estateCells, madeOf, number, table, verdictOf } from './markdown.ts';

const AN_HOUR = 60;

const monthsOf = (watched: readonly Watched[], prices: Prices, sweepMinutes?: number): string =>
  table(
    [...ESTATE_HEAD, ...waysOf(watched)],
    watched.map((one) => [
      ...estateCells(one.shape),
      ...cellsByLook(one, watched, (look) => dollars(monthOf(prices, one, look, sweepMinutes).dollars)),
    ]),
  );

/** The lines of the bill of a month, where a line is above zero in one of these estates. */
const linesOf = (all: readonly Watched[], prices: Prices, look: string): string => {
  const watched = measuredBy(all, look);
  const months = watched.map((one) => monthOf(prices, one, look));
  const named =
    (name: string) =>
    (line: Line): boolean =>
      line.name === name;
  const lines = (months[0]?.lines ?? []).filter(({ name }) =>
    months.some((month) => month.lines.some((line) => line.name === name && line.dollars >= 0.005)),
  );
  const cells = lines.map(({ name }) =>
    months.map((month) => dollars(month.lines.find(named(name))?.dollars ?? Number.NaN)),
  );
  const rests = ['*rests on*', '', '', ...lines.map((line) => `*${line.rests}*`), ''];
  return table(
    [...ESTATE_HEAD, ...lines.map(({ what }) => what), '**together**'],
    [
      rests,
      ...watched.map(({ shape }, at) => [
        ...estateCells(shape),
        ...cells.map((line) => line[at] ?? ''),
        dollars(months[at]?.dollars ?? Number.NaN),
      ]),
    ],
  );
};

const readyOf = (watched: readonly Watched[], prices: Prices): string => {
  const [look = ''] = looksOf(watched);
  const [first] = measuredBy(watched, look);
  if (first === undefined) return '';
  const { what, dollars: sum } = monthOf(prices, first, look).alwaysReady;
  return `Not among it: ${what}, ${dollars(sum)} USD more for each estate (assumed).`;
};

const SMALLEST_GIGABYTES = 0.5;

const withSmallest = (prices: Prices): Prices => {
  const { instanceGigabytes } = prices.assumed;
  if (instanceGigabytes === undefined) return prices;
  const smallest = { ...instanceGigabytes, value: SMALLEST_GIGABYTES };
  return { ...prices, assumed: { ...prices.assumed, instanceGigabytes: smallest } };
};

const goalsOf = (watched: readonly Watched[], prices: Prices): string =>
  table(
    [...ESTATE_HEAD, 'goal', 'measured', 'at most'],
    judge(watched, prices).map(({ shape, figure }) => [
      ...estateCells(shape),
      figure.name,
      `${number(figure.value)} ${figure.unit}`,
      verdictOf(figure),
    ]),
  );

const seconds = (ms: number): string => number(ms / 1_000);

const countedOf = (what: string, { shape }: Watched, counts: Counts): readonly string[] => [
  ...estateCells(shape),
  what,
  number(counts.keyVaultCalls),
  number(counts.resourceManagerCalls),
  number(counts.executions),
  seconds(counts.activeMs),
  seconds(counts.processorMs),
  number(counts.storageCalls),
];

const COUNTS_HEAD = ['Key Vault', 'Resource Manager', 'executions', 's at work', 's of the processor', 'storage'];

const countsOf = (watched: readonly Watched[]): string =>
  table(
    [...ESTATE_HEAD, 'what', ...COUNTS_HEAD],
    watched.flatMap((one) => [
      ...looksOf(watched).flatMap((look) => {
        const counts = one.probe[look];
        return counts ? [countedOf(`a minute of the probe by ${LOOKS[look]}`, one, counts)] : [];
      }),
      countedOf('a sweep that reads each version', one, one.sweep),
      ...Object.entries(one.sweeps ?? {}).map(([look, counts]) =>
        countedOf(`a sweep by ${LOOKS[look]}, beside the probe`, one, counts),
      ),
    ]),
  );

const COMMAND = 'npm run bench -- --bill --write';

export const monthChapter = (prices: Prices, watched: readonly (Watched & Made)[]): string => `## A month of watching

${madeOf(watched, COMMAND)}

List prices of ${prices.date}, in USD a month, of healthy estates in which each key is used by a MySQL server: a probe each minute and a sweep every five
minutes. By lists every version is read itself within an hour, by a sweep: a worker's second sweep is counted, five minutes after its first, when about
as many are due as for every sweep after that. What heals cost is not in it: they are rare. \`GUARDIAN_LOOK\` says how probe and sweeps look
(\`${SETTINGS.look.default}\` where nobody sets it):
${looksOf(watched)
  .map((look) => `\`${look}\` by ${LOOKS[look]}`)
  .join(', ')}.

The bench gives an estate a subscription for each ${VAULTS_A_SUBSCRIPTION} vaults, all below one management group. Resource Manager's quota is of each subscription: many
vaults in a single one are more than it may list in a minute, and rows of such estates show that limit.

${monthsOf(watched, prices)}

${readyOf(watched, prices)}

With a sweep an hour (\`GUARDIAN_SWEEP_SCHEDULE\`):

${monthsOf(watched, prices, AN_HOUR)}

With instances of ${SMALLEST_GIGABYTES * 1_024} MB (\`instance_memory_mb\`). Nobody has tried that: the host of Azure Functions needs a part of them itself, and some regions refuse
them.

${monthsOf(watched, withSmallest(prices))}

${readyOf(watched, withSmallest(prices))}

${looksOf(watched)
  .map((look) => `### By ${LOOKS[look]}: what it is made of\n\n${linesOf(watched, prices, look)}`)
  .join('\n\n')}

Memory is paid for while executions are at work in an instance, a second at least each time: their spans on the virtual clock, with Azure
and storage answering as late as is assumed below, and the processor time of the worker. What was measured until 1 December 2026 has calls of
storage as if one came after the other, which is more. A read that waits inside an activity is paid for. Storage is what the product itself asks,
which is measured, and what Durable Functions asks for it, which is assumed. What costs less than a cent has no column.`;

export const countsChapter = (watched: readonly Watched[]): string => `## What was counted

Calls, by the request log of the bench, and time of the worker: in a minute of the probe by each way to look, and in one sweep.
By lists it is the average of the minutes between two sweeps; where an estate was measured before 2 December 2026, the first of them, which takes more.

${countsOf(watched)}`;

export const goalsChapter = (prices: Prices, watched: readonly Watched[]): string => `## Goals

What the project wants of it. An estate that was not measured has no row.

${goalsOf(watched, prices)}`;
