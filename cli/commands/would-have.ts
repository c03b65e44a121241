import { type GetWouldHaveParams, getWouldHave } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { allPages } from '../pages.ts';
import { wouldHaveSheet } from '../sheets/would-have.ts';

export const addWouldHave: AddCommand = (program, { shows }) =>
  void program
    .command('would-have')
    .description(
      'What mode auto would have done in a mode that does less, by day, and what followed; the last seven days.',
    )
    .option('--from <instant>', 'from this instant or day on, in UTC')
    .option('--to <instant>', 'until before it')
    .action(
      shows(async ({ sending }, options: GetWouldHaveParams) =>
        wouldHaveSheet(await allPages(await getWouldHave(options, sending), sending)),
      ),
    );
