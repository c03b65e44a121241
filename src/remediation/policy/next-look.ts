import type { Finding } from '../model/findings.ts';
import type { Decision } from './policy-types.ts';

/** How often a server checks its key that was let in while it was up: about once a minute. */
const MINUTE_MS = 60_000;

/** What only time shows: no step proves it, and it passes by itself. */
const passes =
  ({ plan }: Pick<Decision, 'plan'>) =>
  ({ kind, target }: Finding): boolean =>
    kind === 'accessUnproven' && !plan.steps.some((step) => step.target === target);

/**
 * When to look again (ISO 8601) though nothing may be done now: a fault that shows itself within minutes is not left to the
 * next sweep. `undefined` where nothing of that kind is to be expected.
 */
export const nextLook = (decision: Pick<Decision, 'findings' | 'plan'>, now: Date): string | undefined =>
  decision.findings.some(passes(decision)) ? new Date(now.getTime() + MINUTE_MS).toISOString() : undefined;
