import type { Fact } from '../model/facts.ts';
import type { PolicyRecords } from '../model/records.ts';
import type { Plan } from '../plan/plan.ts';
import type { Step } from '../steps/step.ts';
import { hasApproval } from './approval.ts';
import { heldBack, kindOf } from './plan-verdicts.ts';
import { type PolicyRule, type PolicySituation, report, runByApproval, runByPolicy } from './policy-rule.ts';
import { afterSilence } from './policy-rules/after-silence.ts';
import { doNotHeal } from './policy-rules/do-not-heal.ts';
import { factsUnknown } from './policy-rules/facts-unknown.ts';
import { flapping } from './policy-rules/flapping.ts';
import { fuseBlown } from './policy-rules/fuse-blown.ts';
import { observing } from './policy-rules/observing.ts';
import { paced } from './policy-rules/paced.ts';
import { paused } from './policy-rules/paused.ts';
import { readOnly } from './policy-rules/read-only.ts';
import { askedAnew, rejected } from './policy-rules/rejected.ts';
import { riskAsks } from './policy-rules/risk-asks.ts';
import { triedAgain, triedAlready } from './policy-rules/tried-already.ts';
import type { Decision, StepVerdict } from './policy-types.ts';
import { paceOf } from './prevention.ts';
import { rejectionsOf } from './rejection.ts';

/** The rules that forbid a step. The first rule with a verdict decides, and no approval overrides it. */
const FORBIDDING: readonly PolicyRule[] = [
  factsUnknown,
  paused,
  afterSilence,
  doNotHeal,
  readOnly,
  observing,
  flapping,
  triedAlready,
];

/** The rules by which a person has to approve a step. Where none has a verdict, the step runs. */
const ASKING: readonly PolicyRule[] = [rejected, fuseBlown, riskAsks, paced];

/** Everything that the policy decides on. Where the records could not be read, every step is forbidden. */
export type Circumstances = Omit<PolicySituation, 'records'> & {
  readonly records: Fact<PolicyRecords>;
};

/**
 * The verdicts of the policy on a plan, step by step. A step that asks or reports holds back only the steps that depend on it.
 */
export const decide = (plan: Plan, circumstances: Circumstances): Decision => {
  const { findings } = circumstances;
  const judge = judgeIn(circumstances);
  const verdicts = new Map<string, StepVerdict>();
  for (const step of plan.steps) verdicts.set(step.stepId, likeItsCauses(heldBack(judge(step), verdicts), verdicts));
  const all = [...verdicts.values()];
  return { kind: kindOf(all, findings), findings, plan, verdicts: all, notes: plan.instructions };
};

const judgeIn = ({ records, ...circumstances }: Circumstances): ((step: Step) => StepVerdict) => {
  if (records.kind === 'present') {
    const situation = { ...circumstances, records: records.value };
    return (step) => verdictOn(step, situation);
  }
  const reason = records.kind === 'unknown' ? records.reason : 'there are none';
  return (step) => report(step, `The records that could forbid it could not be read: ${reason}.`);
};

const verdictOn = (step: Step, situation: PolicySituation): StepVerdict => {
  const forbidden = firstWord(FORBIDDING, step, situation);
  if (forbidden !== undefined) return forbidden;
  const asked = firstWord(ASKING, step, situation);
  if (asked === undefined) return triedAgain(byPolicy(step, situation), situation);
  return hasApproval(step, situation.records, situation.now)
    ? triedAgain(runByApproval(step), situation)
    : askedAnew(asked, situation);
};

const byPolicy = (step: Step, situation: PolicySituation): StepVerdict => {
  const pace = paceOf(step, situation);
  const heard = rejectionsOf(step, situation.records).map(({ at }) => at);
  return runByPolicy(step, { ...(pace && { pace }), heard });
};

const firstWord = (rules: readonly PolicyRule[], step: Step, situation: PolicySituation): StepVerdict | undefined => {
  for (const rule of rules) {
    const verdict = rule(step, situation);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
};

/** A step that depends on one that is only tried again takes over its refusal: no message is sent for either. */
const likeItsCauses = (own: StepVerdict, earlier: ReadonlyMap<string, StepVerdict>): StepVerdict => {
  const again = own.step.dependsOn.map((stepId) => earlier.get(stepId)?.again).find((one) => one !== undefined);
  return again === undefined || own.verdict === 'ask' ? own : { ...own, again };
};
