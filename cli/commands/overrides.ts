import { getOverrides } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { overridesSheet } from '../sheets/overrides.ts';

export const addOverrides: AddCommand = (program, { shows }) =>
  void program
    .command('overrides')
    .alias('orders')
    .description('The pauses and do-not-heal records that are in force, with who gave them and why.')
    .action(shows(async ({ sending }) => overridesSheet(await getOverrides(sending))));
