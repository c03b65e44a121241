import { getSummary } from '../../client/api.ts';
import { type Estimate, estimate } from '../../client/cost/estimate.ts';
import type { AddCommand } from '../acting.ts';
import { type Sheet, table, tableOf, text } from '../sheet/sheet.ts';
import { counted } from '../words/counted.ts';

const range = ({ from, to }: Pick<Estimate, 'from' | 'to'>): string =>
  from === to ? String(from) : `${from} to ${to}`;

const costSheet = (keys: number): Sheet => {
  const lines = estimate(keys);
  const sum = (read: (one: Estimate) => number): number => lines.reduce((all, one) => all + read(one), 0);
  const total = { what: 'together', from: sum(({ from }) => from), to: sum(({ to }) => to) };
  const rows = tableOf<Estimate>({ 'USD a month': range, 'what for': ({ what }) => what }, [...lines, total]);
  return {
    isWell: true,
    answer: { keys, lines, total },
    blocks: [
      text(
        `${counted(keys, 'key')} in use, by the list prices of docs/deploy.md, which also says what makes it cheaper. An estimate, no bill.`,
      ),
      text(''),
      table(rows.columns, rows.rows),
    ],
    records: rows,
  };
};

export const addCost: AddCommand = (program, { shows }) =>
  void program
    .command('cost')
    .description('What it costs a month to guard as many keys as it does now: an estimate by list prices.')
    .action(shows(async ({ sending }) => costSheet((await getSummary(sending)).keys)));
