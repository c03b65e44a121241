import type { Finding } from '../model/findings.ts';
import type { Plan } from '../plan/plan.ts';
import type { Step } from '../steps/step.ts';

export type Mode = 'observe' | 'approve' | 'auto';

export type PolicySettings = {
  readonly mode: Mode;
  /** `all`, or entries `step@scope` (`recoverKey@*`, `enableKey@/subscriptions/…`). */
  readonly autoReverse: 'all' | readonly { readonly step: string; readonly scope: string }[];
  /**
   * `sharePercent`: share of the keys in use, since a big estate may lose more keys at once than a small one; 0 where only the
   * number decides.
   */
  readonly fuse: { readonly rootCauses: number; readonly sharePercent: number; readonly windowMinutes: number };
  /** After this time without a sweep (ISO 8601 duration) the first run only reports, and repairs nothing. */
  readonly silence: string;
  /** The name of the tag on a key, vault or consumer that forbids every repair. */
  readonly doNotHealTag: string;
};

/** The step waits for its turn among the repairs of its kind. `deadline`: ISO 8601. */
export type PaceTurn = { readonly deadline: string };

/**
 * By whose authority a step runs: the policy alone, or an approval, which must still hold right before the write. `heard`: times
 * (ISO 8601) of the rejections that the policy knew and that had ended; any other rejection stops the write.
 */
export type Authority =
  | { readonly kind: 'policy'; readonly pace?: PaceTurn; readonly heard?: readonly string[] }
  | { readonly kind: 'approval' };

/** The verdict of the policy on one step, with the reason where it does not run. */
export type StepVerdict = (
  | { readonly verdict: 'run'; readonly step: Step; readonly authority: Authority }
  | { readonly verdict: 'ask'; readonly step: Step; readonly why: string }
  | { readonly verdict: 'report'; readonly step: Step; readonly why: string }
) & {
  /**
   * How Azure refused the step the last time, where it is only tried again, or waits before that: no message is sent for it,
   * however often it happens.
   */
  readonly again?: string;
  /** The step is not tried again for a day: it did not help, Azure refuses it, or something keeps undoing it. */
  readonly givenUp?: true;
};

/** The result of one assess, as it is stored in the history of the orchestration. */
export type Decision = {
  /** `unseen`: no fault is known, and some facts that would show one could not be read. */
  readonly kind: 'healthy' | 'unseen' | 'report' | 'ask' | 'run';
  readonly findings: readonly Finding[];
  readonly plan: Plan;
  readonly verdicts: readonly StepVerdict[];
  /** Sentences for a person, where no step runs. */
  readonly notes: readonly string[];
  /** When the product looks again by itself where no step runs (ISO 8601). */
  readonly lookAgainAt?: string;
};
