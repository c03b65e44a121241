import type { Guardian } from '../loop/guardian.ts';
import { keyInstanceId, keyOf } from '../remediation/model/key-ref.ts';
import type { KeyState } from '../store/key-state.ts';
import { type Door, notWoken, refusal } from './door.ts';
import { findKey } from './find-key.ts';
import { withRunbooks } from './with-runbooks.ts';

const locationOf = (id: string): string => `/api/reconciliations/${id}`;

const summaryOf = (state: KeyState) => ({
  id: keyInstanceId(keyOf(state.keyId)),
  key: state.keyId,
  wanted: state.row.wanted,
  assessed: state.row.assessed,
  verdict: state.verdict?.decision.kind,
  notes: state.verdict?.decision.notes,
  since: state.verdict?.at,
  incident: state.incident?.id,
});

/** The digits of an instance's id are the first of the hash that names the key's rows: no other key is read. */
const findState = async (guardian: Guardian, id: string): Promise<KeyState | undefined> => {
  const [, digits] = /^key-([0-9a-f]{40})$/.exec(id) ?? [];
  if (digits === undefined) return undefined;
  for await (const state of guardian.store.keyRows.list({ from: digits, to: `${digits}g` })) {
    if (keyInstanceId(keyOf(state.keyId)) === id) return state;
  }
  return undefined;
};

/** POST: wakes the key that is named by its id or by a resource that uses it. */
export const startReconciliation: Door = async (request, guardian, durable) => {
  const found = await findKey(request, guardian);
  if (found.kind === 'refused') return found.answer;
  try {
    const id = await durable.wake(found.value.key);
    return {
      status: 202,
      headers: { Location: locationOf(id), 'Retry-After': '5' },
      body: { id, status: locationOf(id) },
    };
  } catch (error) {
    return notWoken(error);
  }
};

/** GET: every key of which something is recorded. */
export const listReconciliations: Door = async (_request, guardian) => {
  const states = await Array.fromAsync(guardian.store.keyRows.list());
  return { status: 200, body: { value: states.map(summaryOf) } };
};

/** GET: what was found, what is done about it, and whether somebody is at work. */
export const getReconciliation: Door = async ({ params }, guardian, durable) => {
  const id = params['id'] ?? '';
  const state = await findState(guardian, id);
  if (!state) return refusal(404, 'NotFound', `Nothing is recorded of ${id}. GET /api/reconciliations lists what is.`);
  const runtimeStatus = await durable.runtimeStatus(id);
  const { verdict, asked, approvals, requests, consumers } = state;
  const body = {
    ...summaryOf(state),
    runtimeStatus,
    decision: verdict && { ...verdict.decision, findings: withRunbooks(verdict.decision.findings) },
    asked,
    approvals,
    requests,
    consumers,
  };
  return { status: 200, body };
};
