import * as z from 'zod/mini';
import type { Durable, Guardian } from '../loop/guardian.ts';
import { lookNow } from '../loop/reconcile/look.ts';
import { addDuration } from '../remediation/model/duration.ts';
import { keyOf } from '../remediation/model/key-ref.ts';
import type { Decision } from '../remediation/policy/policy-types.ts';
import { isPartOf } from '../remediation/protocol/approval.ts';
import type { AskedPlan, KeyState } from '../store/key-state.ts';
import { personWithRole } from './callers.ts';
import { type Door, type DoorAnswer, notWoken, refusal } from './door.ts';
import { parseBody } from './parse-body.ts';
import type { Person } from './token.ts';

const schema = z.strictObject({ expires: z.optional(z.iso.datetime()) });
const EXAMPLE = '{} or {"expires":"2026-07-01T12:00:00Z"}';

type Asked = { readonly state: KeyState; readonly asked: AskedPlan };

const findAsked = async (guardian: Guardian, named: string): Promise<Asked | undefined> => {
  const planId = named.toLowerCase();
  for await (const state of guardian.store.keyRows.listAsked(planId)) {
    const asked = state.asked.find((plan) => plan.planId === planId && plan.incident === state.incident?.id);
    if (asked) return { state, asked };
  }
  return undefined;
};

/** GET: a plan that is asked in an open incident. */
export const getPlan: Door = async ({ params }, guardian) => {
  const found = await findAsked(guardian, params['planId'] ?? '');
  if (!found)
    return refusal(
      404,
      'NotFound',
      'No open incident asks for this plan. GET /api/reconciliations shows what is open.',
    );
  return { status: 200, body: { key: found.state.keyId, ...found.asked } };
};

const wakeAfter = async (durable: Durable, state: KeyState, answer: DoorAnswer): Promise<DoorAnswer> => {
  try {
    await durable.wake(keyOf(state.keyId));
    return answer;
  } catch (error) {
    return notWoken(error);
  }
};

/** Why what was asked is not what would be done now. */
const outdated = ({ asked }: Asked, { kind, plan, notes }: Decision): DoorAnswer | undefined => {
  const steps = plan.steps.map(({ stepId }) => stepId);
  if (kind === 'healthy' || steps.length === 0)
    return refusal(409, 'NoDrift', 'Nothing is left to repair by a step.', { notes });
  if (isPartOf(steps, asked.stepIds)) return undefined;
  const message = `The world has changed since this was asked. Read and approve ${plan.planId} instead.`;
  return refusal(409, 'PlanChanged', message, { planId: plan.planId, plan });
};

const approve = async (guardian: Guardian, { state, asked }: Asked, by: Person, wished: string | undefined) => {
  const now = new Date();
  const latest = addDuration(now, guardian.settings.approval.validity);
  const expires = wished !== undefined && new Date(wished) < latest ? new Date(wished) : latest;
  const { planId, incident, stepIds } = asked;
  const approval = {
    incident,
    planId,
    stepIds,
    by: by.objectId,
    at: now.toISOString(),
    expires: expires.toISOString(),
  };
  await guardian.store.records.approve(state.keyId, approval);
  return approval;
};

/**
 * POST: a person with the role Approver says yes to a plan that was asked. The requester of one of its steps cannot. When
 * the world has changed so that more would be done than was asked, it is refused with the id of the new plan.
 */
export const approvePlan: Door = async (request, guardian, durable) => {
  const approver = await personWithRole(request, guardian.settings.approval.tokens, 'Approver');
  if (approver.kind === 'refused') return approver.answer;
  const body = parseBody(schema, request.body, EXAMPLE);
  if (body.kind === 'refused') return body.answer;
  const { expires } = body.value;
  if (expires !== undefined && new Date(expires) <= new Date())
    return refusal(400, 'BadRequest', `expires: ${expires} has passed. Send a time that lies ahead, or none.`);
  const found = await findAsked(guardian, request.params['planId'] ?? '');
  if (!found)
    return refusal(
      404,
      'NotFound',
      'No open incident asks for this plan. GET /api/reconciliations shows what is open.',
    );
  const { person } = approver;
  if (found.state.requests.some(({ by }) => by === person.objectId)) {
    return refusal(403, 'RequesterCannotApprove', `${person.name} requested this; another person must approve it.`);
  }
  const { decision } = await lookNow(guardian, found.state);
  const refused = outdated(found, decision);
  if (refused) return wakeAfter(durable, found.state, refused);
  const approval = await approve(guardian, found, person, expires);
  return wakeAfter(durable, found.state, { status: 202, body: { key: found.state.keyId, ...approval } });
};
