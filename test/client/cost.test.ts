import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { estimate } from '../../client/cost/estimate.ts';
import { PRICES, SIZES } from '../../client/cost/prices.ts';

const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'deploy.md'), 'utf8');

const numberOf = (text: string): number => Number(text.replaceAll(',', ''));

const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The table of the page as the command has it. */
const documented = () => {
  const [, chapter = ''] = page.split('## What it costs');
  const [head = '', _rule, ...lines] = chapter.split('\n').filter((line) => line.startsWith('|'));
  const sizes = cellsOf(head)
    .slice(1)
    .map((cell) => numberOf(cell.replace(' keys', '')));
  const prices = lines.map((line) => {
    const [what, ...cells] = cellsOf(line);
    return {
      what,
      at: cells.map((cell) => cell.split(' to ')).map(([from = '', to = from]) => [numberOf(from), numberOf(to)]),
    };
  });
  return { sizes, prices };
};

describe('What it costs', () => {
  it('is what docs/deploy.md has worked out', () => {
    expect({ sizes: SIZES, prices: PRICES }).toEqual(documented());
  });

  it.each(SIZES.map((size, at) => ({ size, at })))('is that price at $size keys', ({ size, at }) => {
    expect(estimate(size).map(({ from, to }) => [from, to])).toEqual(PRICES.map((one) => one.at[at]));
  });

  it('grows with the keys between and beyond those sizes, and is never less than nothing', () => {
    const total = (keys: number): number => estimate(keys).reduce((sum, { to }) => sum + to, 0);
    const totals = [0, 1, 50, 100, 500, 1_000, 5_000, 10_000, 20_000].map(total);
    expect(totals).toEqual(totals.toSorted((one, other) => one - other));
    expect(estimate(0).every(({ from }) => from >= 0)).toBe(true);
    expect(estimate(550)[0]).toMatchObject({ from: 72 });
  });
});
