import type { Finding } from '../model/findings.ts';
import type { Plan } from '../plan/plan.ts';
import type { Step } from '../steps/step.ts';

export type Mode = 'observe' | 'approve' | 'auto';

export type PolicySettings = {
  readonly mode: Mode;
  /** `all`, or entries `step@scope` (`recoverKey@*`, `enableKey@/subscriptions/…`). */
  readonly autoReverse: 'all' | readonly { readonly step: string; readonly scope: string }[];
  /** `sharePercent` of the keys in use: a big estate may lose more at once than a small one; 0 where the number decides. */
  readonly fuse: { readonly rootCauses: number; readonly sharePercent: number; readonly windowMinutes: number };
  /** After so long without a sweep (ISO 8601 duration) the first run reports and repairs nothing. */
  readonly silence: string;
  /** The name of the tag on key, vault or consumer that forbids every repair. */
  readonly doNotHealTag: string;
};

/** It waits for its turn among the repairs of its kind. `deadline`: ISO 8601. */
export type PaceTurn = { readonly deadline: string };

/**
 * On whose word a step runs: policy alone, or an approval, which must still stand right before the write. `heard`: when it was rejected
 * by those whose rejections have ended (ISO 8601); one that comes later stops the write.
 */
export type Authority =
  | { readonly kind: 'policy'; readonly pace?: PaceTurn; readonly heard?: readonly string[] }
  | { readonly kind: 'approval' };

/** Policy's word on one step, with the reason where it does not run. */
export type StepVerdict = (
  | { readonly verdict: 'run'; readonly step: Step; readonly authority: Authority }
  | { readonly verdict: 'ask'; readonly step: Step; readonly why: string }
  | { readonly verdict: 'report'; readonly step: Step; readonly why: string }
) & {
  /** How Azure refused it the last time, where it is only tried again, or rests before that: no news, however often. */
  readonly again?: string;
  /** It is not tried again for a day: it did not help, Azure refuses it, or something keeps undoing it. */
  readonly givenUp?: true;
};

/** The result of one assess: what is history in the orchestration. */
export type Decision = {
  /** `unseen`: nothing is known to be wrong, and not all that would show it could be seen. */
  readonly kind: 'healthy' | 'unseen' | 'report' | 'ask' | 'run';
  readonly findings: readonly Finding[];
  readonly plan: Plan;
  readonly verdicts: readonly StepVerdict[];
  /** What a human must do or know where nothing runs. */
  readonly notes: readonly string[];
  /** When to look again by itself where nothing runs (ISO 8601). */
  readonly lookAgainAt?: string;
};
