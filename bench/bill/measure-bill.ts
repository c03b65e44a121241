import { measureCustodian } from '../custodian/measure-custodian.ts';
import { type Measured, withGoal, withoutGoal } from '../figure.ts';
import { isSameShape, type Shape, type Watched } from './counts.ts';
import { monthOf } from './month.ts';
import { readPrices } from './prices.ts';
import { keepResults, madeHere, readResults } from './results.ts';
import { watchEstate } from './watch-estate.ts';
import { writePages } from './write-pages.ts';

/** Three shapes of each size, and the one of which there are goals of its own. */
export const ESTATES: readonly Shape[] = [
  ...[200, 3, 1].flatMap((keysAVault) => [100, 1_000, 10_000].map((keys) => ({ keys, keysAVault }))),
  { keys: 4_500, keysAVault: 3 },
];

/** `1000/3`: a thousand keys, three a vault. @throws Error where it is another text */
export const estatesIn = (text: string): readonly Shape[] =>
  text.split(',').map((one) => {
    const [, keys, keysAVault] = /^([1-9]\d{0,5})\/([1-9]\d{0,2})$/.exec(one.trim()) ?? [];
    if (keys === undefined)
      throw new Error(`--estates has '${one}'; give keys and keys a vault, as 10000/200,4500/3 does.`);
    return { keys: Number(keys), keysAVault: Number(keysAVault) };
  });

const nameOf = ({ keys, keysAVault }: Shape): string => `${keys} keys, ${keysAVault} a vault`;

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

/** What watching these estates costs a month, by the default prices. */
export const measureBill = async (estates: readonly Shape[]): Promise<readonly Measured[]> => {
  const measured: Measured[] = [];
  for (const shape of estates) measured.push(...figuresOf(await watchEstate(shape, readPrices())));
  return measured;
};

const keepWatched = (watched: Watched): void => {
  const { bill } = readResults();
  const others = (bill?.watched ?? []).filter(({ shape }) => !isSameShape(shape, watched.shape));
  const all = [...others, { ...watched, ...madeHere() }].toSorted(
    ({ shape: a }, { shape: b }) => b.keysAVault - a.keysAVault || a.keys - b.keys,
  );
  keepResults({ bill: { ...bill, watched: all } });
};

/** The same, kept in bench/results.json estate by estate, with Cloud Custodian's calls of the same, and the pages made of it. */
export const keepBill = async (estates: readonly Shape[]): Promise<readonly Measured[]> => {
  const measured: Measured[] = [];
  for (const shape of estates) {
    const watched = await watchEstate(shape, readPrices());
    keepWatched(watched);
    measured.push(...figuresOf(watched));
  }
  const custodian = { ...(await measureCustodian(estates)), ...madeHere() };
  keepResults({ bill: { watched: [], ...readResults().bill, custodian } });
  writePages();
  return measured;
};
