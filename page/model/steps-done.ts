import type { Line } from './line.ts';

/** The steps of a plan in two lists: those that run by themselves, and those that wait for an answer. */
export const stepsBy = (
  { plan }: Pick<Line, 'plan'>,
  verdict: 'run' | 'ask',
): readonly { readonly kind: string; readonly target: string }[] =>
  (plan?.steps ?? []).filter((step) => step.verdict === verdict);
