import type { Guardian } from '../loop/guardian.ts';
import { lookNow } from '../loop/reconcile/look.ts';
import { keyId } from '../remediation/model/key-ref.ts';
import { isMeant } from '../remediation/plan/requested-steps.ts';
import { isStepKind, STEP_KINDS } from '../remediation/steps/steps.ts';
import type { StepRequest } from '../store/key-state.ts';
import { whoRequests } from './callers.ts';
import { type Door, type DoorRequest, notWoken, refusal } from './door.ts';
import { type Found, findKey } from './find-key.ts';
import type { Parsed } from './parse-body.ts';
import { readRepairOptions } from './repair-options.ts';
import { withRunbooks } from './with-runbooks.ts';

type Asked = { readonly found: Found; readonly wish: StepRequest };

/** What is to be repaired, and with which key or identity if the sender chose one. */
const readWish = async (
  request: DoorRequest,
  guardian: Guardian,
  who: Pick<StepRequest, 'step' | 'by'>,
): Promise<Parsed<Asked>> => {
  const options = await readRepairOptions(who.step, request.body, guardian);
  if (options.kind === 'refused') return options;
  const { body, parameters } = options.value;
  const found = await findKey({ ...request, body }, guardian);
  if (found.kind === 'refused') return found;
  const { target } = found.value;
  const wish = { ...who, target, at: new Date().toISOString(), ...(parameters && { parameters }) };
  return { kind: 'value', value: { found: found.value, wish } };
};

/**
 * POST: the manual start of one repair. The assessment is made dry first: without drift there is nothing to start (409), in
 * mode observe the plan is all there is (200). Else a request is recorded and the key woken (202): policy, do-not-heal,
 * fuse, lease and ledger apply as to any other repair, and a request is no approval.
 */
export const startRepair: Door = async (request, guardian, durable) => {
  const name = request.params['name'] ?? '';
  if (!isStepKind(name))
    return refusal(404, 'NotFound', `There is no repair ${name}. There are ${STEP_KINDS.join(', ')}.`);
  const caller = await whoRequests(request, guardian.settings.approval.tokens);
  if (caller.kind === 'refused') return caller.answer;
  const asked = await readWish(request, guardian, { step: name, by: caller.person.objectId });
  if (asked.kind === 'refused') return asked.answer;
  const { found, wish } = asked.value;
  const { key, target } = found;
  const state = await guardian.store.keyRows.read(keyId(key));
  // With the wish among the requests: it lifts the rest after an earlier attempt, and may bring a step back into the plan.
  const { decision } = await lookNow(guardian, { ...state, requests: [...state.requests, wish] });
  const { plan, verdicts, findings, notes } = decision;
  const meant = verdicts.filter(({ step }) => isMeant(step, wish));
  if (meant.length === 0) {
    return refusal(409, 'NoDrift', `${target} needs no ${name} now.`, { findings: withRunbooks(findings), notes });
  }
  if (guardian.settings.policy.mode === 'observe') return { status: 200, body: { plan, verdicts: meant, notes } };
  await guardian.store.records.request(keyId(key), wish);
  try {
    const id = await durable.wake(key);
    const Location = `/api/reconciliations/${id}`;
    return {
      status: 202,
      headers: { Location, 'Retry-After': '5' },
      body: { id, status: Location, plan, verdicts: meant },
    };
  } catch (error) {
    return notWoken(error);
  }
};
