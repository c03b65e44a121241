import { lookNow } from '../loop/reconcile/look.ts';
import type { Finding } from '../remediation/model/findings.ts';
import type { Rejection } from '../remediation/model/records.ts';
import { downIn } from '../remediation/policy/rejection.ts';
import { wakeAfter } from './approve-plan.ts';
import { type AskedOfKey, findAsked, outdated } from './asked-plans.ts';
import { alreadyApplied } from './at-work.ts';
import type { Caller } from './callers.ts';
import { rejection as rejectionBody } from './contract/approvals.ts';
import { type Door, refusal } from './door.ts';
import { readBody } from './parse-body.ts';

/**
 * The consumers that are down now and were down at the last verdict. A consumer that went down since, or whose deadline has
 * passed since, is left out: the person who rejects did not know of it.
 */
const knownDown = (findings: readonly Finding[], { state: { verdict } }: AskedOfKey, now: Date): readonly string[] => {
  const told = new Set(verdict ? downIn(verdict.decision.findings, new Date(verdict.at)) : []);
  return downIn(findings, now).filter((id) => told.has(id));
};

const rejectionOf = (asked: AskedOfKey, by: Caller, why: string, findings: readonly Finding[]): Rejection => {
  const { incident, planId, stepIds } = asked.asked;
  const now = new Date();
  return {
    incident,
    planId,
    stepIds,
    by: by.objectId,
    name: by.name,
    why,
    at: now.toISOString(),
    down: knownDown(findings, asked, now),
  };
};

/**
 * POST: a person with the role Approver rejects a plan that was asked, with a reason. The rejection holds for this incident, also
 * stops approved steps that are not written yet, and ends when another consumer of the steps goes down. A later approval
 * overrides it. 409 where every step is at work already: the rejection would stop nothing.
 */
export const rejectPlan: Door = async (request, guardian, durable) => {
  const body = await readBody(request, rejectionBody);
  if (body.kind === 'refused') return body.answer;
  const found = await findAsked(guardian, request.params['planId'] ?? '');
  if (found.kind === 'refused') return found.answer;
  const { state } = found.value;
  const { decision, broken } = await lookNow(guardian, state);
  if (broken !== undefined) return refusal(409, 'LedgerBroken', `Nothing is done on what is not proven. ${broken}`);
  const refused = outdated(found.value, decision);
  if (refused) return wakeAfter(durable, state, refused);
  const late = await alreadyApplied(guardian, durable, found.value, decision);
  if (late) return late;
  const rejection = rejectionOf(found.value, request.caller, body.value.why, decision.findings);
  await guardian.store.records.reject(state.keyId, rejection);
  return wakeAfter(durable, state, { status: 202, body: { key: state.keyId, ...rejection } });
};
