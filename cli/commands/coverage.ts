import { getCoverage } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { allPages } from '../pages.ts';
import { beingMade } from '../sheets/being-made.ts';
import { coverageSheet } from '../sheets/coverage.ts';

type Options = { readonly gaps?: true };

export const addCoverage: AddCommand = (program, { shows }) =>
  void program
    .command('coverage')
    .description('What it cannot see, or could not repair, in which vault, and the commands that change that.')
    .option('--gaps', 'in json and csv, too, only where something is in the way')
    .action(
      shows(async ({ sending }, { gaps }: Options) => {
        const first = await getCoverage(gaps ? { gaps } : {}, sending);
        return 'status' in first ? beingMade(first) : coverageSheet(await allPages(first, sending));
      }),
    );
