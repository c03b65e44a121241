import { type ApprovePlanBody, approvePlan, approvePlans, type GetPlan200, getPlan } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { confirmed } from '../confirmed.ts';
import type { Context } from '../context.ts';
import { planNumber } from '../plan-number.ts';
import { approvedSheet } from '../sheets/approved.ts';
import { planBlocks } from '../sheets/plan.ts';
import { counted } from '../words/counted.ts';
import { ownWords } from '../words/own-words.ts';

type Options = ApprovePlanBody & { readonly yes?: true };

/**
 * Approves one plan by the route of that plan, whose refusal has the reason; approves several by the route for many, whose answer
 * has a result for each.
 */
const approved = async ({ sending }: Context, plans: readonly GetPlan200[], beside: ApprovePlanBody) => {
  const [plan, ...others] = plans;
  if (plan && others.length === 0)
    return [{ planId: plan.planId, status: 202, answer: await approvePlan(plan.planId, beside, sending) }];
  const { value } = await approvePlans(
    plans.map(({ planId }) => ({ planId, ...beside })),
    sending,
  );
  return value;
};

export const addApprove: AddCommand = (program, { shows }) =>
  void program
    .command('approve')
    .description(
      'Says yes to plans, after it has shown what they will write. Nobody approves what they have requested.',
    )
    .argument('<number...>', 'the numbers of plans')
    .option('--comment <text>', 'a word for who reads the ledger', ownWords)
    .option('--ticket <number>', 'the number of a ticket or change')
    .option('--expires <instant>', 'until when it may be acted on, in UTC')
    .option('--yes', 'without a question')
    .action(
      shows(async (context, numbers: readonly string[], { yes, ...beside }: Options) => {
        const plans = await Promise.all(numbers.map((number) => getPlan(planNumber(number), context.sending)));
        const writes = plans.reduce((sum, { steps }) => sum + steps.length, 0);
        const question = `Approve ${counted(plans.length, 'plan')} with ${counted(writes, 'write')}?`;
        await confirmed(context, { blocks: plans.flatMap(planBlocks), question, isGiven: yes === true });
        return approvedSheet(await approved(context, plans, beside));
      }),
    );
