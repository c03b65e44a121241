import {
  getHealthDetails,
  getOverrides,
  getSummary,
  type ListReconciliationsParams,
  listReconciliations,
  listSubscriptions,
} from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import type { Context } from '../context.ts';
import { allPages } from '../pages.ts';
import { statusSheet } from '../sheets/status.ts';

type Options = { readonly all?: true; readonly vault?: string; readonly owner?: string; readonly consumer?: string };

const read = async ({ sending }: Context, { all, ...filters }: Options) => {
  const wanted = { ...filters, ...(all && { verdict: 'all' as const }) } satisfies ListReconciliationsParams;
  const [health, summary, overrides, first, missing] = await Promise.all([
    getHealthDetails(sending),
    getSummary(sending),
    getOverrides(sending),
    listReconciliations(wanted, sending),
    listSubscriptions({ missing: true }, sending),
  ]);
  return { health, summary, overrides, lines: await allPages(first, sending), missing: missing.value };
};

export const addStatus: AddCommand = (program, { shows }) =>
  void program
    .command('status')
    .description('What is wrong now, the greatest impact first, and how many are guarded.')
    .option('--all', 'also what is well')
    .option('--consumer <name>', 'only this server or disk encryption set')
    .option('--vault <name>', 'only what uses a key of this vault')
    .option('--owner <name>', 'only what belongs to this owner')
    .action(shows(async (context, options: Options) => statusSheet(await read(context, options))));
