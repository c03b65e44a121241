import type { Json } from '../remediation/model/canonical.ts';
import type { Approval, Rejection } from '../remediation/model/records.ts';
import { saidBeside } from '../remediation/protocol/approval.ts';
import type { AskedPlan, KeyState } from './key-state.ts';

/** The statements that are attested: of rows that people act on, or that stand for an act of a person. */
export const STATEMENTS = {
  /** Attested by the HTTP route that has verified who approves. `used` is not part of it, because it is set later. */
  approvals: (keyId: string, approval: Approval): Json => {
    const { incident, planId, stepIds, by, at, expires } = approval;
    return {
      what: 'approved',
      keyId,
      incident,
      planId,
      stepIds: [...stepIds],
      by,
      at,
      expires,
      ...saidBeside(approval),
    };
  },
  /** Attested by the HTTP route that has verified who rejects. */
  rejections: (keyId: string, { incident, planId, stepIds, by, name, why, at, down }: Rejection): Json => ({
    what: 'rejected',
    keyId,
    incident,
    planId,
    stepIds: [...stepIds],
    by,
    name,
    why,
    at,
    down: [...down],
  }),
  /** Attested by the assess: the plan as people see it before they approve. */
  asked: (keyId: string, { planId, incident, at, stepIds, steps }: AskedPlan): Json => ({
    what: 'asked',
    keyId,
    planId,
    incident,
    at,
    stepIds: [...stepIds],
    steps: steps as unknown as Json,
  }),
};

/** The statements of the rows of one kind, in their order. */
export const statementsOf = (state: KeyState, kind: keyof typeof STATEMENTS): readonly Json[] => {
  const { keyId } = state;
  if (kind === 'asked') return state.asked.map((one) => STATEMENTS.asked(keyId, one));
  if (kind === 'rejections') return state.rejections.map((one) => STATEMENTS.rejections(keyId, one));
  return state.approvals.map((one) => STATEMENTS.approvals(keyId, one));
};
