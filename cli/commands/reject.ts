import { rejectPlan } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { planNumber } from '../plan-number.ts';
import { said } from '../sheets/said.ts';
import { numberOf } from '../words/names.ts';
import { ownWords } from '../words/own-words.ts';

type Options = { readonly why: string };

export const addReject: AddCommand = (program, { shows }) =>
  void program
    .command('reject')
    .description('Says no to a plan, and why. Another approver may still approve it.')
    .argument('<number>', 'the number of a plan')
    .requiredOption('--why <text>', 'why not', ownWords)
    .action(
      shows(async ({ sending }, number: string, { why }: Options) => {
        const rejected = await rejectPlan(planNumber(number), { why }, sending);
        return said(`Plan ${numberOf(rejected.planId)} is rejected, and all are told.`, rejected);
      }),
    );
