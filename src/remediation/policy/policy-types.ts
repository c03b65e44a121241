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

/** On whose word a step runs: policy alone, or an approval, which must still stand right before the write. */
export type Authority = { readonly kind: 'policy' } | { readonly kind: 'approval' };

/** Policy's word on one step, with the reason where it does not run. */
export type StepVerdict =
  | { readonly verdict: 'run'; readonly step: Step; readonly authority: Authority }
  | { readonly verdict: 'ask'; readonly step: Step; readonly why: string }
  | { readonly verdict: 'report'; readonly step: Step; readonly why: string };

/** The result of one assess: what is history in the orchestration. */
export type Decision = {
  readonly kind: 'healthy' | 'report' | 'ask' | 'run';
  readonly findings: readonly Finding[];
  readonly plan: Plan;
  readonly verdicts: readonly StepVerdict[];
  /** What a human must do or know where nothing runs. */
  readonly notes: readonly string[];
  /** When to look again by itself where nothing runs (ISO 8601). */
  readonly lookAgainAt?: string;
};
