import type { Finding } from '../model/findings.ts';
import type { Decision } from './policy-types.ts';

/** A server that was up when it got access checks its key about once a minute. */
const MINUTE_MS = 60_000;

/** Findings that only time ends: no step of the plan proves the access, and the consumer will try its key by itself. */
const passes =
  ({ plan }: Pick<Decision, 'plan'>) =>
  ({ kind, target }: Finding): boolean =>
    kind === 'accessUnproven' && !plan.steps.some((step) => step.target === target);

/**
 * When to look again (ISO 8601), though no step can run now: a fault that shows within minutes must not wait for the next sweep.
 * `undefined` where no such finding exists.
 */
export const nextLook = (decision: Pick<Decision, 'findings' | 'plan'>, now: Date): string | undefined =>
  decision.findings.some(passes(decision)) ? new Date(now.getTime() + MINUTE_MS).toISOString() : undefined;
