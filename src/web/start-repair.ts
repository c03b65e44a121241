import type { Guardian } from '../loop/guardian.ts';
import { lookNow } from '../loop/reconcile/look.ts';
import { hasImpact, saysAnother, saysNothing } from '../remediation/model/findings.ts';
import { keyId } from '../remediation/model/key-ref.ts';
import { isMeant } from '../remediation/plan/requested-steps.ts';
import type { Decision, StepVerdict } from '../remediation/policy/policy-types.ts';
import { isStepKind, STEP_KINDS } from '../remediation/steps/steps.ts';
import type { StepRequest } from '../store/key-state.ts';
import { pathFor } from './callers.ts';
import type { QueryOf } from './contract/contract.ts';
import { type Door, type DoorAnswer, type DoorRequest, notWoken, refusal } from './door.ts';
import { dryRun } from './dry-run.ts';
import { type FoundKey, findKey, seekKey } from './find-key.ts';
import type { ParsedBody } from './parse-body.ts';
import { readRepairOptions } from './repair-options.ts';
import { withRunbooks } from './with-runbooks.ts';

type Asked<Of extends FoundKey> = { readonly found: Of; readonly wish: StepRequest };

type Find<Of extends FoundKey> = (sent: unknown, guardian: Guardian) => Promise<ParsedBody<Of>>;

/** The key to repair, and the key version or identity that the caller has chosen. */
const readWish = async <Of extends FoundKey>(
  request: DoorRequest,
  guardian: Guardian,
  who: Pick<StepRequest, 'step' | 'by'>,
  find: Find<Of>,
): Promise<ParsedBody<Asked<Of>>> => {
  const sent = await request.readBody();
  if (sent.kind === 'refused') return sent;
  const options = await readRepairOptions(who.step, sent.value, guardian);
  if (options.kind === 'refused') return options;
  const { body, parameters } = options.value;
  const found = await find(body, guardian);
  if (found.kind === 'refused') return found;
  const { target } = found.value;
  const wish = { ...who, target, at: new Date().toISOString(), ...(parameters && { parameters }) };
  return { kind: 'value', value: { found: found.value, wish } };
};

/**
 * The answer 409 where the requested step is not in the plan. Where something is wrong or could not be read, that does not prove
 * that the step is not needed: the answer says what prevents it.
 */
const notPlanned = (what: string, { findings, notes }: Decision): DoorAnswer => {
  const more = { findings: withRunbooks(findings), notes };
  const isUnwell = findings.some((finding) => hasImpact(finding) || saysNothing(finding) || saysAnother(finding));
  if (!isUnwell) return refusal(409, 'NoDrift', `${what} is not needed now.`, more);
  const reasons = notes.length > 0 ? notes : findings.map(({ sentence }) => sentence);
  return refusal(
    409,
    'CannotActNow',
    `Nothing was started: ${what} is in no plan as things are. ${reasons.join(' ')}`,
    more,
  );
};

/**
 * The answer 409 where every requested step is held back: a caller who got 202 would wait for the repair. The reason says what to
 * do first, and the request is not stored.
 */
const cannotAct = (meant: readonly StepVerdict[], more: Record<string, unknown>): DoorAnswer => {
  const reasons = [...new Set(meant.flatMap((one) => (one.verdict === 'run' ? [] : [one.why])))];
  return refusal(409, 'CannotActNow', `Nothing was started. ${reasons.join(' ')}`, { verdicts: meant, ...more });
};

/**
 * Why the repair is not started; `undefined` where it would be. In mode observe it is `undefined` too: the answer is then the
 * plan.
 */
const refuses = (guardian: Guardian, wish: StepRequest, decision: Decision): DoorAnswer | undefined => {
  const { plan, verdicts, findings, notes } = decision;
  const meant = verdicts.filter(({ step }) => isMeant(step, wish));
  if (meant.length === 0) return notPlanned(`${wish.step} of ${wish.target}`, decision);
  if (guardian.settings.policy.mode === 'observe' || meant.some(({ verdict }) => verdict !== 'report'))
    return undefined;
  return cannotAct(meant, { plan, findings: withRunbooks(findings), notes });
};

const startDry = async (request: DoorRequest, guardian: Guardian, who: Pick<StepRequest, 'step' | 'by'>) => {
  const sought = await readWish(request, guardian, who, seekKey);
  if (sought.kind === 'refused') return sought.answer;
  const { found, wish } = sought.value;
  return dryRun(guardian, found, { wish, refuse: (decision) => refuses(guardian, wish, decision) });
};

/**
 * POST: the manual start of one repair. The key is first assessed without any write: without drift there is nothing to start
 * (409), in mode observe the answer is the plan (200), and a step that is forbidden now gives 409. Else the request is recorded
 * and the key is woken (202): policy, do-not-heal, fuse, lease and ledger apply as for any other repair, and a request is no
 * approval. With `?dryRun=true` the answer only says what would be done.
 */
export const startRepair: Door<QueryOf<'start-repair'>> = async (request, guardian, durable) => {
  const name = request.params['name'] ?? '';
  if (!isStepKind(name))
    return refusal(404, 'NotFound', `There is no repair ${name}. There are ${STEP_KINDS.join(', ')}.`);
  const who = { step: name, by: request.caller.objectId };
  if (request.query.dryRun) return startDry(request, guardian, who);
  const asked = await readWish(request, guardian, who, findKey);
  if (asked.kind === 'refused') return asked.answer;
  const { found, wish } = asked.value;
  const { key } = found;
  const state = await guardian.store.keyRows.read(keyId(key));
  // The new request is among the requests: it ends the pause after an earlier attempt, and may bring a step back into the plan.
  const { decision } = await lookNow(guardian, { ...state, requests: [...state.requests, wish] });
  const refused = refuses(guardian, wish, decision);
  if (refused) return refused;
  const { plan, verdicts, notes } = decision;
  const meant = verdicts.filter(({ step }) => isMeant(step, wish));
  if (guardian.settings.policy.mode === 'observe') return { status: 200, body: { plan, verdicts: meant, notes } };
  await guardian.store.records.request(keyId(key), wish);
  try {
    const id = await durable.wakeAnew(key);
    const Location = pathFor(request.caller, `reconciliations/${id}`);
    return {
      status: 202,
      headers: { Location, 'Retry-After': '5' },
      body: { id, status: Location, plan, verdicts: meant },
    };
  } catch (error) {
    return notWoken(error);
  }
};
