import { getPlan, listReconciliations } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import type { Context } from '../context.ts';
import { allPages } from '../pages.ts';
import { planNumber } from '../plan-number.ts';
import { plansSheet } from '../sheets/plan.ts';
import { plansAsked } from '../sheets/status.ts';

const asked = async ({ sending }: Context): Promise<readonly string[]> =>
  plansAsked((await allPages(await listReconciliations({}, sending), sending)).value);

export const addPlan: AddCommand = (program, { shows }) =>
  void program
    .command('plan')
    .description(
      'What a plan that is asked would write, at what risk, and how to undo it; without a number, all that are asked.',
    )
    .argument('[number]', 'the number of a plan: its first six digits or more')
    .action(
      shows(async (context, number?: string) => {
        const ids = number === undefined ? await asked(context) : [planNumber(number)];
        return plansSheet(await Promise.all(ids.map((id) => getPlan(id, context.sending))));
      }),
    );
