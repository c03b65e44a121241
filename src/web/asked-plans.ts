import type { Guardian } from '../loop/guardian.ts';
import { numberOf } from '../remediation/plan/plan-number.ts';
import type { Decision } from '../remediation/policy/policy-types.ts';
import { isPartOf } from '../remediation/protocol/approval.ts';
import type { AskedPlan, KeyState } from '../store/key-state.ts';
import { PLAN_NAME, WHOLE_ID } from './contract/approvals.ts';
import { type DoorAnswer, refusal } from './door.ts';
import { ambiguous } from './keys-named.ts';
import type { ParsedBody } from './parse-body.ts';

export type AskedOfKey = { readonly state: KeyState; readonly asked: AskedPlan };

/**
 * Refuses a plan that is not named by its whole id: a stranger can cause a plan whose id has the same beginning, and the approval
 * would be for that plan.
 */
export const notWhole = (named: string): DoorAnswer | undefined =>
  WHOLE_ID.test(named)
    ? undefined
    : refusal(
        400,
        'BadRequest',
        'A yes is to one whole plan. GET /api/plans/{number} shows it with its planId: send POST /api/plans/{planId}/approval.',
      );

/** More plans than this cannot be meant by one short number. */
const MOST = 100;

const notAsked = (): DoorAnswer =>
  refusal(404, 'NotFound', 'No open incident asks for this plan. GET /api/reconciliations shows what is open.');

const askedIn = async (guardian: Guardian, named: string): Promise<readonly AskedOfKey[]> => {
  const found: AskedOfKey[] = [];
  for await (const stored of guardian.store.keyRows.listAsked(named)) {
    const state = await guardian.store.records.attested(stored);
    const plans = state.asked.filter((plan) => plan.planId.startsWith(named) && plan.incident === state.incident?.id);
    found.push(...plans.map((asked) => ({ state, asked })));
    if (found.length >= MOST) break;
  }
  return found;
};

/**
 * The plan that an open incident asks for, by its id or the first digits of its id. 409 where several plans begin with these
 * digits: the caller must say which is meant. A name that is no id does not reach the storage. Only plans that the ledger proves
 * are found.
 */
export const findAsked = async (guardian: Guardian, sent: string): Promise<ParsedBody<AskedOfKey>> => {
  const named = sent.toLowerCase();
  const found = PLAN_NAME.test(named) ? await askedIn(guardian, named) : [];
  const [first] = found;
  if (first === undefined) return { kind: 'refused', answer: notAsked() };
  const plans = new Map(found.map(({ state, asked }) => [asked.planId, { planId: asked.planId, key: state.keyId }]));
  return plans.size > 1
    ? { kind: 'refused', answer: ambiguous(sent, 'plans that are asked', [...plans.values()]) }
    : { kind: 'value', value: first };
};

/** Refuses where the plan that was asked is not the plan of now. */
export const outdated = ({ asked }: AskedOfKey, { kind, plan, notes }: Decision): DoorAnswer | undefined => {
  const steps = plan.steps.map(({ stepId }) => stepId);
  if (kind === 'healthy' || steps.length === 0)
    return refusal(409, 'NoDrift', 'Nothing is left to repair by a step.', { notes });
  if (isPartOf(steps, asked.stepIds)) return undefined;
  const message = `The world has changed since this was asked. Read and answer ${plan.planId} (${numberOf(plan.planId)}) instead.`;
  return refusal(409, 'PlanChanged', message, { planId: plan.planId, number: numberOf(plan.planId), plan });
};
