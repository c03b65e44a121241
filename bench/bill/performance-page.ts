import type { Custodian } from '../custodian/measure-custodian.ts';
import type { Figure, Measured } from '../figure.ts';
import type { Counts, Shape, Watched } from './counts.ts';
import { judge } from './goals.ts';
import { type Month, monthOf } from './month.ts';
import type { Prices } from './prices.ts';
import type { Made, Results } from './results.ts';

const LOOKS: Readonly<Record<string, string>> = {
  single: 'a read of each version',
  dataPlaneList: 'lists of vaults',
  resourceManagerList: "Resource Manager's lists",
};

const AN_HOUR = 60;

const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 });
const dollars = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : 0 });

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const shapeOf = ({ keysAVault }: Shape): string =>
  keysAVault === 1 ? 'one key a vault' : `${keysAVault} keys a vault`;
const estateOf = (shape: Shape): string =>
  `${number(shape.keys)} keys in ${number(Math.ceil(shape.keys / shape.keysAVault))} vault${shape.keys > shape.keysAVault ? 's' : ''}`;

const madeOf = ({ at, command, machine }: Made): string => `Measured on ${at}, on ${machine}, by \`${command}\`.`;

const verdictOf = ({ goal, holds }: Figure): string => {
  if (goal === null) return '';
  return `${number(goal)}: ${holds ? 'holds' : '**does not hold**'}`;
};

const looksOf = (watched: readonly Watched[]): readonly string[] =>
  Object.keys(LOOKS).filter((look) => watched.every(({ probe }) => look in probe));

const monthsOf = (watched: readonly Watched[], prices: Prices): string => {
  const looks = looksOf(watched);
  const rows = watched.map((one) => [
    shapeOf(one.shape),
    number(one.shape.keys),
    ...looks.map((look) => dollars(monthOf(prices, one, look).dollars)),
    ...looks.map((look) => dollars(monthOf(prices, one, look, AN_HOUR).dollars)),
  ]);
  const ways = looks.map((look) => LOOKS[look] ?? look);
  return table(['estate', 'keys', ...ways, ...ways.map((way) => `${way}, a sweep an hour`)], rows);
};

const linesOf = (watched: readonly Watched[], prices: Prices, look: string): string => {
  const months = watched.map((one) => monthOf(prices, one, look));
  const cells = (of: (month: Month) => number): readonly string[] => months.map((month) => dollars(of(month)));
  const [first] = months;
  const rows = (first?.lines ?? []).map(({ name, what, rests }) => [
    what,
    rests,
    ...cells(({ lines }) => lines.find((line) => line.name === name)?.dollars ?? Number.NaN),
  ]);
  const together = ['**together**', '', ...cells(({ dollars: sum }) => sum)];
  const ready = [`besides: ${first?.alwaysReady.what}`, 'assumed', ...cells(({ alwaysReady }) => alwaysReady.dollars)];
  return table(['USD a month', 'rests on', ...watched.map(({ shape }) => estateOf(shape))], [...rows, together, ready]);
};

const seconds = (ms: number): string => number(ms / 1_000);

const countedOf = (what: string, { shape }: Watched, counts: Counts, found: string): readonly string[] => [
  estateOf(shape),
  what,
  number(counts.keyVaultCalls),
  number(counts.resourceManagerCalls),
  number(counts.executions),
  seconds(counts.activeMs),
  seconds(counts.processorMs),
  number(counts.storageCalls),
  found,
];

const countsOf = (watched: readonly Watched[]): string => {
  const looks = looksOf(watched);
  const rows = watched.flatMap((one) => [
    ...looks.flatMap((look) => {
      const [counts, found] = [one.probe[look], one.detection[look]];
      const soon = found ? `${number(found.p50)}, ${number(found.p95)}, ${number(found.worst)}` : '';
      return counts ? [countedOf(`a minute of the probe by ${LOOKS[look]}`, one, counts, soon)] : [];
    }),
    countedOf('a sweep', one, one.sweep, ''),
  ]);
  const head = [
    'calls of Key Vault',
    'of Resource Manager',
    'executions',
    's at work',
    's of the processor',
    'of storage',
  ];
  return table(['estate', 'what', ...head, 's until a loss is found: p50, p95, at worst'], rows);
};

const goalsOf = (watched: readonly Watched[], prices: Prices): string =>
  table(
    ['estate', 'goal', 'measured', 'at most'],
    judge(watched, prices).map(({ shape, figure }) => [
      estateOf(shape),
      figure.name,
      `${number(figure.value)} ${figure.unit}`,
      verdictOf(figure),
    ]),
  );

const hourOf = (watched: readonly Watched[]): string =>
  table(
    ['estate', ...looksOf(watched).map((look) => LOOKS[look] ?? look)],
    watched.map((one) => [
      estateOf(one.shape),
      ...looksOf(watched).map((look) =>
        seconds(60 * (one.probe[look]?.processorMs ?? Number.NaN) + 12 * one.sweep.processorMs),
      ),
    ]),
  );

const custodianOf = (custodian: Custodian): string => {
  if ('skipped' in custodian) return `Not measured: ${custodian.skipped}.`;
  return table(
    ['estate', 'calls of Key Vault', 'of Resource Manager', 's of the wall', 'version'],
    custodian.runs.map((one) => [
      estateOf(one.shape),
      number(one.keyVaultCalls),
      number(one.resourceManagerCalls),
      number(one.seconds),
      one.version,
    ]),
  );
};

const pricesOf = ({ prices, assumed }: Prices): string =>
  [
    table(
      ['USD', 'for', 'free a month', 'source'],
      Object.values(prices).map(({ price, unit, free, source }) => [
        price.toFixed(9).replace(/0+$/, ''),
        unit,
        free === undefined ? '' : number(free),
        source,
      ]),
    ),
    table(
      ['assumed', 'of', 'source'],
      Object.values(assumed).map(({ value, unit, source }) => [number(value), unit, source]),
    ),
  ].join('\n\n');

const figuresOf = (measured: readonly Measured[]): string =>
  table(
    ['figure', 'measured', 'at most', 'what it is made of'],
    measured.map(({ figure, remark }) => [
      `\`${figure.name}\``,
      `${number(figure.value)} ${figure.unit}`,
      verdictOf(figure),
      remark.replaceAll('\n', '; ').replaceAll('|', '\\|'),
    ]),
  );

/** All that a part was made on, each once. */
const madeOfAll = (made: readonly Made[]): string => [...new Set(made.map(madeOf))].join(' ');

const billChapter = (
  prices: Prices,
  { watched, custodian }: NonNullable<Results['bill']>,
): string => `## A month of watching

${madeOfAll(watched)}

Healthy estates, each key used by a MySQL server; a probe each minute, a sweep every five minutes, or one an hour (\`GUARDIAN_SWEEP_SCHEDULE\`), which
reads every version whatever the probe does. What heals cost is not in it: they are rare. List prices of ${prices.date} in USD a month; the counts are of the request log of the bench.

${monthsOf(watched, prices)}

Goals:

${goalsOf(watched, prices)}

${looksOf(watched)
  .map((look) => `### By ${LOOKS[look]} (\`GUARDIAN_LOOK\` ${look})\n\n${linesOf(watched, prices, look)}`)
  .join('\n\n')}

Memory is paid for while executions are at work in an instance, a second at least each time: their spans on the virtual clock, with Azure
answering as late as is assumed below; the processor time of the worker; and its calls of storage, as if one came after the other. A read
that waits inside an activity is paid for. Storage is what the product itself asks, which is measured, and what Durable Functions asks
for it, which is assumed.

## What is counted

${countsOf(watched)}

Processor time of the worker for an hour of watching (60 minutes of the probe and 12 sweeps), in seconds of this machine:

${hourOf(watched)}

## Beside Cloud Custodian

One run of its policy \`bench/custodian/policy.yml\` over the same estates, counted alike. It lists the keys of each vault, and so sees whether a
current version is there, enabled and near its expiry; it reads neither pinned versions nor who uses them, nor may.
To look each minute as the probe does takes as many calls each minute.

${custodian === undefined ? 'Not measured.' : `${madeOf(custodian)}\n\n${custodianOf(custodian)}`}

## What the arithmetic rests on

\`bench/prices.json\`:

${pricesOf(prices)}
`;

/** docs/performance.md as it has to be, of the results that were kept. */
export const performancePage = (prices: Prices, { figures, bill }: Results): string =>
  `# What it costs, and how it scales

Every number of this page was measured, or comes from a list of prices. \`npm run bench -- --write\` writes the page from
\`bench/results.json\`; what is changed by hand is undone by the next run. Times are virtual, Azure's own, unless a real machine is named.

${bill === undefined ? '' : billChapter(prices, bill)}
${figures === undefined ? '' : `## Figures of the bench\n\n${madeOf(figures)} \`npm run bench -- --help\` says what each is.\n\n${figuresOf(figures.measured)}\n`}`;
