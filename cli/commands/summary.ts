import { getSummary } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { summarySheet } from '../sheets/summary.ts';

export const addSummary: AddCommand = (program, { shows }) =>
  void program
    .command('summary')
    .description('How many are guarded, how they do, and whether somebody looks.')
    .action(shows(async ({ sending }) => summarySheet(await getSummary(sending))));
