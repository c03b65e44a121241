/** Writes the files that are generated from bench/results.json; tests demand that the files are equal to that. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { clientPrices } from '../bill/client-prices.ts';
import { readPrices } from '../bill/prices.ts';
import { readResults } from '../bill/results.ts';
import { performancePage } from './performance-page.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** The generated files by their paths from the root. */
export const pages = (): ReadonlyMap<string, string> => {
  const [prices, results] = [readPrices(), readResults()];
  return new Map([
    ['docs/performance.md', performancePage(prices, results)],
    ['client/cost/prices.ts', clientPrices(prices, results)],
  ]);
};

export const writePages = (): void => {
  for (const [file, text] of pages()) writeFileSync(path.join(root, file), text);
};
