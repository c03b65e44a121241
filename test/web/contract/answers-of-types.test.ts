import { describe, expect, it } from 'vitest';
import type { Impact } from '../../../src/remediation/model/findings.ts';
import type { Approval, Rejection } from '../../../src/remediation/model/records.ts';
import type { Plan } from '../../../src/remediation/plan/plan.ts';
import type { Decision, StepVerdict } from '../../../src/remediation/policy/policy-types.ts';
import { approval, decision, finding, plan, rejection, stepVerdict } from '../../../src/web/contract/answers/plan.ts';

/** Each member of all shapes that a value may have. */
type Members<Value> = Value extends unknown ? keyof Value : never;

const STEP_VERDICT = {
  verdict: true,
  step: true,
  why: true,
  authority: true,
  again: true,
  givenUp: true,
} as const satisfies Readonly<Record<Members<StepVerdict>, true>>;

const DECISION = {
  kind: true,
  findings: true,
  plan: true,
  verdicts: true,
  notes: true,
  lookAgainAt: true,
} as const satisfies Readonly<Record<Members<Decision>, true>>;

const PLAN = { planId: true, steps: true, instructions: true } as const satisfies Readonly<Record<Members<Plan>, true>>;

const IMPACT = {
  consumerId: true,
  consumerKind: true,
  level: true,
  deadline: true,
  weakens: true,
  sentence: true,
} as const satisfies Readonly<Record<Members<Impact>, true>>;

const APPROVAL = {
  incident: true,
  planId: true,
  stepIds: true,
  by: true,
  at: true,
  expires: true,
  name: true,
  comment: true,
  ticket: true,
} as const satisfies Readonly<Record<Members<Approval>, true>>;

const REJECTION = {
  incident: true,
  planId: true,
  stepIds: true,
  by: true,
  name: true,
  why: true,
  at: true,
  down: true,
} as const satisfies Readonly<Record<Members<Rejection>, true>>;

const namesIn = (shape: object): readonly string[] => Object.keys(shape).toSorted();

/**
 * Values that are answered as they are stored: a new member of such a type does not compile here, until the contract has it too.
 */
describe('The contract of answers has each member that there can be', () => {
  it.each([
    ['of a verdict on a step', stepVerdict.shape, STEP_VERDICT],
    ['of a decision', decision.shape, DECISION],
    ['of a plan', plan.shape, PLAN],
    ['of the impact of a finding', finding.shape.impact.def.element.shape, IMPACT],
    ['of an approval', approval.shape, APPROVAL],
    ['of a rejection', rejection.shape, REJECTION],
  ])('%s', (_what, shape, members) => {
    expect(namesIn(shape)).toEqual(namesIn(members));
  });
});
