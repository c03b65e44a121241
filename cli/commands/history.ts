import { type GetHistoryParams, getHistory } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { historySheet } from '../sheets/history.ts';

export const addHistory: AddCommand = (program, { shows }) =>
  void program
    .command('history')
    .description(
      'How many incidents there were each week, and how fast they were seen and healed, by their cause; the last twelve weeks.',
    )
    .option('--from <instant>', 'from this instant or day on, in UTC')
    .option('--to <instant>', 'until before it')
    .action(shows(async ({ sending }, options: GetHistoryParams) => historySheet(await getHistory(options, sending))));
