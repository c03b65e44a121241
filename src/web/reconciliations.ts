import type { Guardian } from '../loop/guardian.ts';
import { TOLD_AFTER } from '../loop/reconcile/assess-or-tell.ts';
import { keyInstanceId, keyOf } from '../remediation/model/key-ref.ts';
import type { KeyState } from '../store/key-state.ts';
import { type Caller, pathFor } from './callers.ts';
import type { QueryOf } from './contract/contract.ts';
import { type Door, notWoken, refusal } from './door.ts';
import { dryRun } from './dry-run.ts';
import { withHarm } from './earlier-names.ts';
import { findKey, seekKey } from './find-key.ts';
import { keyNamed } from './keys-named.ts';
import type { ParsedBody } from './parse-body.ts';
import { withOverrides } from './standing/in-force.ts';
import { allLines } from './standing/lines-of.ts';
import { comparePlaces, linePlaceOf } from './standing/order.ts';
import { withRunbooks } from './with-runbooks.ts';

const locationOf = (caller: Caller, id: string): string => pathFor(caller, `reconciliations/${id}`);

const summaryOf = (state: KeyState) => ({
  id: keyInstanceId(keyOf(state.keyId)),
  key: state.keyId,
  wanted: state.row.wanted,
  assessed: state.row.assessed,
  verdict: state.verdict?.decision.kind,
  notes: state.verdict?.decision.notes,
  since: state.verdict?.at,
  incident: state.incident?.id,
  /** The assess of this key throws: its verdict is from an earlier look. */
  notAssessed: state.failing && state.failing.times >= TOLD_AFTER ? state.failing : undefined,
});

/** The digits in the id of an instance begin the hash that names the rows of the key: so only that key is read. */
const findState = async (guardian: Guardian, id: string): Promise<KeyState | undefined> => {
  const [, digits] = /^key-([0-9a-f]{40})$/.exec(id) ?? [];
  if (digits === undefined) return undefined;
  for await (const state of guardian.store.keyRows.list({ from: digits, to: `${digits}g` })) {
    if (keyInstanceId(keyOf(state.keyId)) === id) return state;
  }
  return undefined;
};

/** The key with an id of the list, or with any other name of a key: also a consumer or a vault with one key. */
const namedState = async (guardian: Guardian, id: string): Promise<ParsedBody<KeyState>> => {
  const missing = refusal(404, 'NotFound', `Nothing is recorded of ${id}. GET /api/reconciliations lists what is.`);
  if (id.startsWith('key-')) {
    const found = await findState(guardian, id);
    if (found) return { kind: 'value', value: found };
  }
  const named = await keyNamed(guardian, id);
  if (named.kind === 'refused') return named;
  const state = await guardian.store.keyRows.read(named.value);
  const isRecorded = state.verdict !== undefined || state.rowTag !== undefined || state.consumers !== undefined;
  return isRecorded ? { kind: 'value', value: state } : { kind: 'refused', answer: missing };
};

/** POST: wakes the key that is named by its id or by a resource that uses it. `?dryRun=true` says what would be done. */
export const startReconciliation: Door<QueryOf<'start-reconciliation'>> = async (request, guardian, durable) => {
  const sent = await request.readBody();
  if (sent.kind === 'refused') return sent.answer;
  if (request.query.dryRun) {
    const sought = await seekKey(sent.value, guardian);
    return sought.kind === 'refused' ? sought.answer : dryRun(guardian, sought.value);
  }
  const found = await findKey(sent.value, guardian);
  if (found.kind === 'refused') return found.answer;
  try {
    const id = await durable.wakeAnew(found.value.key);
    return {
      status: 202,
      headers: { Location: locationOf(request.caller, id), 'Retry-After': '5' },
      body: { id, status: locationOf(request.caller, id) },
    };
  } catch (error) {
    return notWoken(error);
  }
};

/** GET: the findings of a key, what is done about them, whether a repair is at work, and the state of each consumer. */
export const getReconciliation: Door = async ({ params }, guardian, durable) => {
  const id = params['id'] ?? '';
  const found = await namedState(guardian, id);
  if (found.kind === 'refused') return found.answer;
  const now = new Date();
  const attested = await guardian.store.records.attested(found.value);
  const [state = attested] = await withOverrides(guardian, [attested], now);
  const runtimeStatus = await durable.runtimeStatus(keyOf(state.keyId), state.row);
  const { verdict, asked, approvals, rejections, requests, consumers } = state;
  const body = {
    ...summaryOf(state),
    runtimeStatus,
    decision: verdict && { ...verdict.decision, findings: withRunbooks(verdict.decision.findings) },
    asked,
    approvals,
    rejections,
    requests,
    consumers,
    now: now.toISOString(),
    lines: allLines(state, now, guardian.settings.ownerTag)
      .map((line) => ({ line, place: linePlaceOf(line) }))
      .toSorted((one, other) => comparePlaces(one.place, other.place))
      .map(({ line }) => withHarm(line)),
  };
  return { status: 200, body };
};
