import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const source = z.string().min(1);
const amount = z.number().positive();

const Prices = z.strictObject({
  currency: z.literal('USD'),
  date: z.iso.date(),
  minutesOfMonth: amount,
  prices: z.record(z.string(), z.strictObject({ price: amount, free: amount.optional(), unit: source, source })),
  assumed: z.record(z.string(), z.strictObject({ value: amount, unit: source, source })),
});

/** List prices and what else the arithmetic rests on, each with its unit and where it comes from. */
export type Prices = z.infer<typeof Prices>;

const pricesFile = path.join(import.meta.dirname, '..', 'prices.json');

/** @throws Error where the file has another shape */
export const readPrices = (): Prices => Prices.parse(JSON.parse(readFileSync(pricesFile, 'utf8')));

/** The price of a number of units in a month, without the units that are free. @throws RangeError where nobody has said its price */
export const costOf = ({ prices }: Pick<Prices, 'prices'>, name: string, amount: number): number => {
  const known = prices[name];
  if (known === undefined)
    throw new RangeError(`Nobody has said what a '${name}' costs; add it to bench/prices.json, with its source.`);
  if (!(amount >= 0)) throw new RangeError(`${amount} of '${name}' is no amount; it must be 0 or more.`);
  return Math.max(0, amount - (known.free ?? 0)) * known.price;
};

/** @throws RangeError where nobody has said it */
export const assumedOf = ({ assumed }: Pick<Prices, 'assumed'>, name: string): number => {
  const known = assumed[name];
  if (known === undefined)
    throw new RangeError(`Nobody has said what is assumed of '${name}'; add it to bench/prices.json, with its source.`);
  return known.value;
};
