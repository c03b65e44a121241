import { listSubscriptions } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { subscriptionsSheet } from '../sheets/subscriptions.ts';

type Options = { readonly missing?: true };

export const addSubscriptions: AddCommand = (program, { shows }) =>
  void program
    .command('subscriptions')
    .description('What lies below the management groups of GUARDIAN_SCOPE, and what of it is missing.')
    .option('--missing', 'only those that Azure does not list any more')
    .action(
      shows(async ({ sending }, { missing }: Options) =>
        subscriptionsSheet(await listSubscriptions(missing ? { missing } : {}, sending)),
      ),
    );
