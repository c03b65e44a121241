import { getPlan, startReconciliation } from '../../client/api.ts';
import type { Guardian } from '../../client/send.ts';

/** A plan that waits for an answer, and what a trial says of it: whether it may, and what else it touches. */
export const readAsked = (planId: string, key: string) => async (guardian: Guardian, signal: AbortSignal) => {
  const [plan, dry] = await Promise.all([
    getPlan(planId, { guardian, signal }),
    // Who may not try it, or whose trial Azure does not answer now, still reads the plan.
    startReconciliation({ key }, { dryRun: true }, { guardian, signal }).catch(() => undefined),
  ]);
  return { plan, dry: dry && 'dryRun' in dry ? dry : undefined };
};
