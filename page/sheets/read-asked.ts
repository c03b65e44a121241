import { getPlan, startReconciliation } from '../../client/api.ts';
import type { Guardian } from '../../client/send.ts';

/** A plan that waits for an answer, and the result of a dry run: whether each step is allowed, and its side effects. */
export const readAsked = (planId: string, key: string) => async (guardian: Guardian, signal: AbortSignal) => {
  const [plan, dry] = await Promise.all([
    getPlan(planId, { guardian, signal }),
    // A person without the right to try the plan, or with a try that Azure does not answer now, still reads the plan.
    startReconciliation({ key }, { dryRun: true }, { guardian, signal }).catch(() => undefined),
  ]);
  return { plan, dry: dry && 'dryRun' in dry ? dry : undefined };
};
