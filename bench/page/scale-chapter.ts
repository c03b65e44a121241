import type { Made } from '../bill/results.ts';
import type { Scaled } from '../scale/measure-scale.ts';
import { vaultsIn } from '../scale/shape.ts';
import { madeOf, number, table } from './markdown.ts';

/** The estate with which the memory of larger estates is compared. */
const COMPARED_KEYS = 10_000;
const MORE_AT_MOST = 0.2;

const measuredOf = ({ measured }: Scaled, name: string): number =>
  measured.find(({ figure }) => figure.name === name)?.figure.value ?? Number.NaN;

/** A measured figure, with a mark where it misses its goal. */
const cellOf = ({ measured }: Scaled, name: string): string => {
  const figure = measured.find((one) => one.figure.name === name)?.figure;
  if (figure === undefined) return '';
  return figure.holds === false ? `**${number(figure.value)}**` : number(figure.value);
};

const COLUMNS: readonly (readonly [head: string, ...figures: string[]])[] = [
  ['sweep, virtual s', 'sweepTime'],
  ['loss found p95, virtual s', 'probeDetectionP95'],
  ['% of Resource Manager: sweep, probe', 'sweepArmQuota', 'probeArmQuota'],
  ['% of a vault: sweep, probe', 'sweepVaultQuota', 'probeVaultQuota'],
  ['% of Key Vault: sweep, probe', 'sweepRegionQuota', 'probeRegionQuota'],
  ['worker MiB: sweep, probe', 'sweepMemory', 'probeMemory'],
  ['processor s: sweep, minute of the probe', 'sweepProcessorTime', 'probeProcessorTime'],
];

const sizesOf = (scaled: readonly (Scaled & Made)[]): string =>
  table(
    ['keys', 'vaults', 'subscriptions', ...COLUMNS.map(([head]) => head), 'measured on'],
    scaled.map((one) => [
      number(one.shape.keys),
      number(vaultsIn(one.shape)),
      number(one.shape.subscriptions),
      ...COLUMNS.map(([, ...figures]) => figures.map((name) => cellOf(one, name)).join(', ')),
      one.at,
    ]),
  );

const mostMemory = (one: Scaled): number => Math.max(measuredOf(one, 'sweepMemory'), measuredOf(one, 'probeMemory'));

const growthOf = (scaled: readonly Scaled[]): string => {
  const compared = scaled.find(({ shape }) => shape.keys === COMPARED_KEYS);
  const larger = scaled.filter(({ shape }) => shape.keys > COMPARED_KEYS);
  if (compared === undefined || larger.length === 0) return '';
  const growths = larger.map((one) => {
    const more = mostMemory(one) / mostMemory(compared) - 1;
    const verdict = more <= MORE_AT_MOST ? 'holds' : '**does not hold**';
    return `at ${number(one.shape.keys)} keys ${number(Math.round(100 * more))} % more than at ${number(COMPARED_KEYS)} (${verdict})`;
  });
  return `\n\nMemory is to grow by ${number(100 * MORE_AT_MOST)} % at most: ${growths.join(', ')}.`;
};

const COMMAND = 'npm run bench -- --scale --keys <n> --write';

const sizesChapter = (scaled: readonly (Scaled & Made)[]): string => `${madeOf(scaled, COMMAND)}

One sweep of a healthy estate, and two minutes of the probe (by a read of each version) in which 200 keys are deleted or disabled. Every twentieth vault has
4096-bit keys in an HSM, the most costly to read. Azure answers at once here. Bold is what does not hold: a sweep takes 300 s at most, a loss is found within 60 s, no more than 25 %
is used of what Azure allows the most asked subscription or vault, and a worker takes 200 MiB.

${sizesOf(scaled)}${growthOf(scaled)}`;

/** The measured sizes of one estate: a sweep, and the probe with losses. */
export const scaleChapter = (scaled: readonly (Scaled & Made)[]): string => `## How far it goes

${scaled.length === 0 ? `No size was measured yet: \`${COMMAND}\` measures one and keeps it here.` : sizesChapter(scaled)}`;
