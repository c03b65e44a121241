import type { Prices } from '../bill/prices.ts';
import type { Made, Results } from '../bill/results.ts';
import type { Custodian } from '../custodian/measure-custodian.ts';
import type { Measured } from '../figure.ts';
import { detectionChapter } from './detection-chapter.ts';
import { figureRows } from './figure-rows.ts';
import { healChapter } from './heal-chapter.ts';
import { ESTATE_HEAD, estateCells, madeOf, number, table } from './markdown.ts';
import { countsChapter, goalsChapter, monthChapter } from './month-chapter.ts';
import { scaleChapter } from './scale-chapter.ts';
import { workersChapter } from './workers-chapter.ts';

const custodianOf = (custodian: Custodian & Made): string => {
  if ('skipped' in custodian) return `Not measured: ${custodian.skipped}.`;
  const rows = custodian.runs.map((one) => [
    ...estateCells(one.shape),
    number(one.keyVaultCalls),
    number(one.resourceManagerCalls),
    number(one.seconds),
    one.version,
  ]);
  return `${madeOf([custodian], 'npm run bench -- --bill --write')}

${table([...ESTATE_HEAD, 'calls of Key Vault', 'of Resource Manager', 's of the wall', 'version'], rows)}`;
};

const custodianChapter = (custodian: (Custodian & Made) | undefined): string => `## Beside Cloud Custodian

One run of its policy \`bench/custodian/policy.yml\` over the same estates, counted alike. It lists the keys of each vault, and so sees whether a
current version is there, enabled and near its expiry; it reads neither pinned versions nor who uses them, nor may.
To look each minute as the probe does takes as many calls each minute. It runs by subscription: in several there is at least a list of vaults more for each.

${custodian === undefined ? 'Not measured.' : custodianOf(custodian)}`;

const pricesChapter = ({ prices, assumed }: Prices): string => {
  const priced = Object.values(prices).map(({ price, unit, free, source }) => [
    price.toFixed(9).replace(/0+$/, ''),
    unit,
    free === undefined ? '' : number(free),
    source,
  ]);
  const rests = Object.values(assumed).map(({ value, unit, source }) => [number(value), unit, source]);
  return `## What the arithmetic rests on

\`bench/prices.json\`:

${table(['USD', 'for', 'free a month', 'source'], priced)}

${table(['assumed', 'of', 'source'], rests)}`;
};

const figuresChapter = ({
  measured,
  ...made
}: Made & { readonly measured: readonly Measured[] }): string => `## Figures of the bench

${madeOf([made], made.command)} \`npm run bench -- --help\` says what each is.

${table(['figure', 'measured', 'at most', 'what it is made of'], figureRows(measured))}`;

/** The text of docs/performance.md, from the stored results. */
export const performancePage = (prices: Prices, { figures, scale = [], bill, heal }: Results): string => {
  const watched = bill?.watched ?? [];
  const isWatched = watched.length > 0;
  const chapters = [
    ...(isWatched ? [monthChapter(prices, watched), detectionChapter(watched), workersChapter(watched)] : []),
    scaleChapter(scale),
    ...(heal === undefined ? [] : [healChapter(heal)]),
    ...(isWatched ? [countsChapter(watched), goalsChapter(prices, watched)] : []),
    ...(bill === undefined ? [] : [custodianChapter(bill.custodian), pricesChapter(prices)]),
    ...(figures === undefined ? [] : [figuresChapter(figures)]),
  ];
  return `# What it costs, and how it scales

Every number of this page was measured, or comes from a list of prices. \`npm run bench -- --write\` writes the page from
\`bench/results.json\`; what is changed by hand is undone by the next run. Times are virtual, Azure's own, unless a real machine is named.

${chapters.join('\n\n')}
`;
};
