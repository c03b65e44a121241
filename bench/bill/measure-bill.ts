import { type Custodian, measureCustodian } from '../custodian/measure-custodian.ts';
import { type Measured, withGoal, withoutGoal } from '../figure.ts';
import { writePages } from '../page/write-pages.ts';
import { inUsualSubscriptions, type Shape, shapeIn } from '../scale/shape.ts';
import type { Watched } from './counts.ts';
import { monthOf } from './month.ts';
import { readPrices } from './prices.ts';
import { keepResults, madeHere, readResults, withNew } from './results.ts';
import { watchEstate } from './watch-estate.ts';

/** Three shapes of each size; the one of which there are goals of its own; and the same in one subscription, whose quotas are the limit. */
export const ESTATES: readonly Shape[] = [
  ...[200, 3, 1].flatMap((keysAVault) =>
    [100, 1_000, 10_000].map((keys) => inUsualSubscriptions({ keys, keysAVault })),
  ),
  inUsualSubscriptions({ keys: 4_500, keysAVault: 3 }),
  { keys: 4_500, keysAVault: 3, subscriptions: 1 },
];

/** `4500/3,4500/3/1`. @throws Error where it is another text */
export const estatesIn = (text: string): readonly Shape[] => text.split(',').map(shapeIn);

const nameOf = ({ keys, keysAVault, subscriptions }: Shape): string =>
  `${keys} keys, ${keysAVault} a vault, ${subscriptions} subscriptions`;

const figuresOf = (watched: Watched): readonly Measured[] => {
  const prices = readPrices();
  return Object.entries(watched.probe).flatMap(([look, counts]): readonly Measured[] => {
    const { dollars, alwaysReady } = monthOf(prices, watched, look);
    const found = watched.detection[look];
    const calls = `${counts.keyVaultCalls} calls of Key Vault a minute, ${counts.resourceManagerCalls} of Resource Manager`;
    return [
      {
        figure: withoutGoal(`month ${look}`, dollars, 'USD'),
        remark: `${nameOf(watched.shape)}; ${calls}; ${alwaysReady.dollars.toFixed(0)} USD more for what is always ready`,
      },
      ...(found === undefined
        ? []
        : [
            {
              figure: withGoal(`detection ${look}`, found.p95, 'virtual s', 60),
              remark: `p95 of ${found.losses} losses; p50 ${found.p50.toFixed(1)}, at worst ${found.worst.toFixed(1)}`,
            },
          ]),
    ];
  });
};

/** What one run of Cloud Custodian asks of the same estates. Where it could not be run, a line says why instead. */
const figuresBeside = (custodian: Custodian): readonly Measured[] => {
  if ('skipped' in custodian) {
    console.error(`Cloud Custodian was not run beside it: ${custodian.skipped}`);
    return [];
  }
  return custodian.runs.map(({ keyVaultCalls, resourceManagerCalls, seconds, shape, version }) => ({
    figure: withoutGoal('custodian', keyVaultCalls, 'calls of Key Vault a run'),
    remark: `${nameOf(shape)}; ${resourceManagerCalls} calls of Resource Manager; Cloud Custodian ${version}, ${seconds} s`,
  }));
};

/** What watching these estates costs a month, by the default prices, and what Cloud Custodian asks of the same. */
export const measureBill = async (estates: readonly Shape[]): Promise<readonly Measured[]> => {
  const measured: Measured[] = [];
  for (const shape of estates) measured.push(...figuresOf(await watchEstate(shape, readPrices())));
  return [...measured, ...figuresBeside(await measureCustodian(estates))];
};

const keepWatched = (watched: Watched): void => {
  const { bill } = readResults();
  keepResults({ bill: { ...bill, watched: withNew(bill?.watched ?? [], [{ ...watched, ...madeHere() }]) } });
};

/** What was measured of other estates is kept, with the date of this run. */
const keepCustodian = (measured: Custodian): void => {
  const { bill } = readResults();
  const kept = bill?.custodian && 'runs' in bill.custodian ? bill.custodian : undefined;
  if ('skipped' in measured && kept !== undefined) return;
  const custodian = 'skipped' in measured ? measured : { runs: withNew(kept?.runs ?? [], measured.runs) };
  keepResults({ bill: { watched: [], ...bill, custodian: { ...custodian, ...madeHere() } } });
};

/** The same, kept in bench/results.json estate by estate, with Cloud Custodian's calls of the same, and the pages made of it. */
export const keepBill = async (estates: readonly Shape[]): Promise<readonly Measured[]> => {
  const measured: Measured[] = [];
  for (const shape of estates) {
    const watched = await watchEstate(shape, readPrices());
    keepWatched(watched);
    measured.push(...figuresOf(watched));
  }
  const custodian = await measureCustodian(estates);
  keepCustodian(custodian);
  writePages();
  return [...measured, ...figuresBeside(custodian)];
};
