import type { Approval, Attempt, PolicyRecords, Rejection } from '../../src/remediation/model/records.ts';
import type { RemediationSettings } from '../../src/remediation/model/settings.ts';
import type { PolicySettings } from '../../src/remediation/policy/policy-types.ts';
import type { Step } from '../../src/remediation/steps/step.ts';
import { inDays } from './observation.ts';

export const REMEDIATION: RemediationSettings = {
  nearExpiry: 'P30D',
  extension: 'P1Y',
  maximumKeyAge: 'P5Y',
  dedicatedVaults: [],
  trustedRestores: [],
};

export const policyIn = (mode: PolicySettings['mode'], changes: Partial<PolicySettings> = {}): PolicySettings => ({
  mode,
  autoReverse: [],
  fuse: { rootCauses: 5, sharePercent: 0, windowMinutes: 60 },
  silence: 'P1D',
  doNotHealTag: 'cmk-guardian:do-not-heal',
  ...changes,
});

export const someRecords = (changes: Partial<PolicyRecords> = {}): PolicyRecords => ({
  doNotHeal: [],
  approvals: [],
  usedSteps: [],
  attempts: [],
  requests: [],
  repairs: [],
  rootCauses: [],
  ...changes,
});

/** An approval of these steps that was given an hour ago and holds until tomorrow. */
export const anApprovalOf = (steps: readonly Step[], changes: Partial<Approval> = {}): Approval => ({
  incident: 'incident-1',
  planId: 'whatever it was',
  stepIds: steps.map(({ stepId }) => stepId),
  by: 'ada',
  at: inDays(-1 / 24),
  expires: inDays(1),
  ...changes,
});

/** A rejection of these steps half an hour ago, when no consumer was down. */
export const aRejectionOf = (steps: readonly Pick<Step, 'stepId'>[], changes: Partial<Rejection> = {}): Rejection => ({
  incident: 'incident-1',
  planId: 'whatever it was',
  stepIds: steps.map(({ stepId }) => stepId),
  by: 'bob-id',
  name: 'bob',
  why: 'the customer leaves tomorrow',
  at: inDays(-0.5 / 24),
  down: [],
  ...changes,
});

/** The outcome of a step, one minute ago. */
export const anAttemptAt = (step: Step, changes: Partial<Attempt> = {}): Attempt => ({
  stepId: step.stepId,
  step: step.kind,
  target: step.target,
  outcome: 'done',
  why: 'Azure accepted it',
  at: inDays(-1 / 1440),
  ...changes,
});
