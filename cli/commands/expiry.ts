import { listExpiry } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { allPages } from '../pages.ts';
import { expirySheet } from '../sheets/expiry.ts';

type Options = { readonly within: string; readonly consumer?: string; readonly vault?: string };

export const addExpiry: AddCommand = (program, { shows }) =>
  void program
    .command('expiry')
    .description('What expires soon, who uses it, and what happens by itself.')
    .option('--within <duration>', 'how far ahead: P30D, P90D, P1Y', 'P90D')
    .option('--consumer <name>', 'only the keys of this server or disk encryption set')
    .option('--vault <name>', 'only the keys of this vault')
    .action(
      shows(async ({ sending }, options: Options) =>
        expirySheet(await allPages(await listExpiry(options, sending), sending)),
      ),
    );
