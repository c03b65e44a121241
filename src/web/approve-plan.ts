import type * as z from 'zod/mini';
import type { Durable, Guardian } from '../loop/guardian.ts';
import { lookNow } from '../loop/reconcile/look.ts';
import { addDuration } from '../remediation/model/duration.ts';
import { keyOf } from '../remediation/model/key-ref.ts';
import type { Approval } from '../remediation/model/records.ts';
import { numberOf } from '../remediation/plan/plan-number.ts';
import { whyHeld } from '../remediation/policy/held-now.ts';
import type { Decision } from '../remediation/policy/policy-types.ts';
import { saidBeside } from '../remediation/protocol/approval.ts';
import type { AskedPlan, KeyState } from '../store/key-state.ts';
import { type AskedOfKey, findAsked, notWhole, outdated } from './asked-plans.ts';
import type { Caller } from './callers.ts';
import { approval as approvalBody } from './contract/approvals.ts';
import { type Door, type DoorAnswer, notWoken, refusal } from './door.ts';
import { readBody } from './parse-body.ts';
import { rejectedMeanwhile } from './rejected-meanwhile.ts';
import { hasRequested, type RequestOfKey } from './requested-by.ts';
import { withOverrides } from './standing/in-force.ts';

type Wishes = z.infer<typeof approvalBody.schema>;

/** One approval: of which plan, by which caller, and with which comment and ticket. */
export type Yes = Wishes & { readonly named: string; readonly caller: Caller };

/** Every request that people have made, in one listing. */
export const readRequests = ({ store }: Pick<Guardian, 'store'>): Promise<readonly RequestOfKey[]> =>
  Array.fromAsync(store.keyRows.listRequests());

/** The reasons why steps of the plan are not done now even with an approval; left out where there are none. */
const heldOf = (decision: Decision, { stepIds }: AskedPlan): { readonly held?: readonly string[] } => {
  const held = whyHeld(decision, stepIds);
  return held.length > 0 ? { held } : {};
};

/** GET: a plan that an open incident asks for, with its approvals and rejections. */
export const getPlan: Door = async ({ params }, guardian) => {
  const found = await findAsked(guardian, params['planId'] ?? '');
  if (found.kind === 'refused') return found.answer;
  const { asked } = found.value;
  const [state = found.value.state] = await withOverrides(guardian, [found.value.state], new Date());
  const isOfIt = ({ incident, planId }: Pick<Approval, 'incident' | 'planId'>): boolean =>
    incident === asked.incident && planId === asked.planId;
  const approvals = state.approvals.filter(isOfIt);
  const rejections = state.rejections.filter(isOfIt);
  const held = state.verdict ? heldOf(state.verdict.decision, asked) : {};
  return {
    status: 200,
    body: { key: state.keyId, number: numberOf(asked.planId), ...asked, ...held, approvals, rejections },
  };
};

export const wakeAfter = async (durable: Durable, state: KeyState, answer: DoorAnswer): Promise<DoorAnswer> => {
  try {
    await durable.wake(keyOf(state.keyId));
    return answer;
  } catch (error) {
    return notWoken(error);
  }
};

const approve = async (guardian: Guardian, { state, asked }: AskedOfKey, yes: Yes): Promise<Approval> => {
  const { caller, expires: wished, comment, ticket } = yes;
  const now = new Date();
  const latest = addDuration(now, guardian.settings.approval.validity);
  const expires = wished !== undefined && new Date(wished) < latest ? new Date(wished) : latest;
  const { planId, incident, stepIds } = asked;
  const approval = {
    incident,
    planId,
    stepIds,
    by: caller.objectId,
    at: now.toISOString(),
    expires: expires.toISOString(),
    ...saidBeside({ name: caller.name, comment, ticket }),
  };
  await guardian.store.records.approve(state.keyId, approval);
  return approval;
};

const isRequester = (
  { objectId }: Caller,
  { state, asked }: AskedOfKey,
  requests: readonly RequestOfKey[],
): boolean => {
  const onItself = state.requests.map((request) => ({ keyId: state.keyId, request }));
  return hasRequested(objectId, { keyId: state.keyId, asked }, [...onItself, ...requests]);
};

/** Approves one plan. `readAll`: called only where the plan is found, and once for several plans. */
export const approveOne = async (
  guardian: Guardian,
  durable: Durable,
  yes: Yes,
  readAll: () => Promise<readonly RequestOfKey[]>,
): Promise<DoorAnswer> => {
  const { caller, expires, named } = yes;
  if (expires !== undefined && new Date(expires) <= new Date())
    return refusal(400, 'BadRequest', `expires: ${expires} has passed. Send a time that lies ahead, or none.`);
  const short = notWhole(named);
  if (short) return short;
  const found = await findAsked(guardian, named);
  if (found.kind === 'refused') return found.answer;
  const { state } = found.value;
  if (isRequester(caller, found.value, await readAll()))
    return refusal(403, 'RequesterCannotApprove', `${caller.name} requested this; another person must approve it.`);
  const { decision, broken } = await lookNow(guardian, state);
  if (broken !== undefined) return refusal(409, 'LedgerBroken', `Nothing is done on what is not proven. ${broken}`);
  const refused = outdated(found.value, decision);
  if (refused) return wakeAfter(durable, state, refused);
  const approval = await approve(guardian, found.value, yes);
  const outvoted = await rejectedMeanwhile(guardian, found.value, approval);
  return wakeAfter(
    durable,
    state,
    outvoted ?? { status: 202, body: { key: state.keyId, ...approval, ...heldOf(decision, found.value.asked) } },
  );
};

/**
 * POST: a person with the role Approver approves a plan that was asked, by its whole id (GET shows the plan by its short number).
 * A person who requested one of its steps cannot approve it. Where facts have changed so that more would be done than was asked,
 * it is refused with the id of the new plan. 409 where a rejection was made at the same time.
 */
export const approvePlan: Door = async (request, guardian, durable) => {
  const body = await readBody(request, approvalBody);
  if (body.kind === 'refused') return body.answer;
  const { caller, params } = request;
  const yes = { ...body.value, named: params['planId'] ?? '', caller };
  return approveOne(guardian, durable, yes, () => readRequests(guardian));
};
