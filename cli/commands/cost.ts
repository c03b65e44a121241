import { getSummary } from '../../client/api.ts';
import { type Estimate, estimate } from '../../client/cost/estimate.ts';
import type { AddCommand } from '../acting.ts';
import { type Sheet, table, tableOf, text } from '../sheet/sheet.ts';
import { counted } from '../words/counted.ts';

const costSheet = (keys: number): Sheet => {
  const lines = estimate(keys);
  const total = { what: 'together', dollars: lines.reduce((sum, one) => sum + one.dollars, 0) };
  const rows = tableOf<Estimate>({ 'USD a month': ({ dollars }) => String(dollars), 'what for': ({ what }) => what }, [
    ...lines,
    total,
  ]);
  return {
    isWell: true,
    answer: { keys, lines, total },
    blocks: [
      text(
        `${counted(keys, 'key')} in use, 200 of them a vault and looked at one by one, by list prices; docs/performance.md has other shapes, and what makes it cheaper. An estimate, no bill.`,
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
