import { monthOf } from './month.ts';
import type { Prices } from './prices.ts';
import type { Results } from './results.ts';

const KEYS_A_VAULT = 200;
const LOOK = 'single';

const quoted = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;

/**
 * client/cost/prices.ts: what each line of a month comes to, for the sizes that were measured of vaults of 200 keys, looked at by reads as is
 * the default. @throws Error where less than two sizes were measured, between which a line could be drawn
 */
export const clientPrices = (prices: Prices, { bill }: Results): string => {
  const watched = (bill?.watched ?? []).filter(({ shape }) => shape.keysAVault === KEYS_A_VAULT);
  if (watched.length < 2) throw new Error('Less than two sizes of vaults with 200 keys were measured.');
  const months = watched.map((one) => monthOf(prices, one, LOOK));
  const [first] = months;
  const all = [...(first?.lines ?? []), ...(first ? [first.alwaysReady] : [])];
  const rounded = (dollars: number | undefined): string => (dollars ?? Number.NaN).toFixed(2).replace(/\.?0+$/, '');
  const rows = all.map(({ name, what }) => {
    const at = months.map((month) => [...month.lines, month.alwaysReady].find((line) => line.name === name)?.dollars);
    return `  { what: ${quoted(what)}, at: [${at.map(rounded).join(', ')}] },`;
  });
  return `/** Written by npm run bench -- --write; of docs/performance.md. Numbers of keys that were measured. */
export const SIZES: readonly number[] = [${watched.map(({ shape }) => shape.keys).join(', ')}];

/** USD a month at each of the sizes. */
export type Price = { readonly what: string; readonly at: readonly number[] };

export const PRICES: readonly Price[] = [
${rows.join('\n')}
];
`;
};
