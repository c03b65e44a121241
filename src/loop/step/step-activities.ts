import { type Json, sha256 } from '../../remediation/model/canonical.ts';
import type { Head, LedgerEntry } from '../../remediation/protocol/ledger.ts';
import type { Guardian } from '../guardian.ts';
import type { Begun, EndInput, StepRun } from '../messages.ts';

const entryOf = (run: StepRun, kind: 'intent' | 'outcome', detail: Json): LedgerEntry => ({
  id: `${run.owner}.${kind}`,
  at: run.at,
  kind,
  incident: run.incident,
  step: run.step.kind,
  stepId: run.step.stepId,
  target: run.step.target,
  detail,
  correlationIds: [],
});

/** Whoever holds the lease gives it back long before it ends, and many may wait for it: each asks at a time of its own. */
const SOONEST_MS = 5_000;
const SPREAD_MS = 10_000;

const askAgain = (until: string, owner: string): string => {
  const share = Number.parseInt(sha256(owner).slice(0, 8), 16) / 2 ** 32;
  return new Date(Math.min(Date.parse(until), Date.now() + SOONEST_MS + share * SPREAD_MS)).toISOString();
};

/** Lease, then intent: who finds the intent without an outcome knows that a write may have been sent. */
export const beginStep = async ({ store }: Guardian, run: StepRun): Promise<Begun> => {
  const { step, owner, keyId } = run;
  const taken = await store.leases.take(step.target, owner);
  if (taken.kind === 'busy')
    return { kind: 'waiting', until: askAgain(taken.until, owner), why: `another step works on ${step.target}` };
  const intent = entryOf(run, 'intent', { sentence: step.sentence, undo: step.undo, authority: run.authority.kind });
  const head = await store.ledger.append(keyId, run.head, [intent]);
  return { kind: 'begun', head, lease: { row: taken.row, etag: taken.etag } };
};

/** Outcome, then release. A step that was cancelled is no attempt: nothing was sent and nothing is used up. */
export const endStep = async ({ store }: Guardian, { result, ...run }: EndInput): Promise<Head> => {
  const { step, owner, keyId, incident, at } = run;
  const { outcome, why, correlationIds } = result;
  const entry: LedgerEntry = {
    ...entryOf(run, 'outcome', { why }),
    outcome,
    intent: `${owner}.intent`,
    correlationIds,
  };
  if (step.kind === 'recoverVault' && outcome === 'done') await store.vaultRecoveries.note(step.target, at);
  const head = await store.ledger.append(keyId, run.head, [entry]);
  if (outcome !== 'cancelled') {
    const ended = { stepId: step.stepId, step: step.kind, target: step.target, outcome, why, at, incident };
    await store.records.stepEnded(keyId, ended);
  }
  await store.leases.release(step.target, owner);
  return head;
};
