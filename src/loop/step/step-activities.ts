import { type Json, sha256 } from '../../remediation/model/canonical.ts';
import type { Head, LedgerEntry } from '../../remediation/protocol/ledger.ts';
import type { Guardian } from '../guardian.ts';
import type { Begun, EndInput, StepRun } from '../messages.ts';
import { stepEvent } from './step-event.ts';

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

/** When to ask again whether it is this step's turn; `undefined` where it is. */
const awaitTurn = async ({ store }: Guardian, { authority, keyId, step }: StepRun): Promise<string | undefined> => {
  if (authority.kind !== 'policy' || !authority.pace) return undefined;
  const entrant = { id: step.stepId, key: keyId };
  const admission = await store.lanes.enter(step.kind, entrant, authority.pace.deadline);
  return admission.kind === 'waiting' ? admission.until : undefined;
};

/** Its turn, lease, then intent: who finds the intent without an outcome knows that a write may have been sent. */
export const beginStep = async (guardian: Guardian, run: StepRun): Promise<Begun> => {
  const { store } = guardian;
  const { step, owner, keyId } = run;
  const until = await awaitTurn(guardian, run);
  if (until !== undefined) return { kind: 'waiting', until, why: 'many repairs at once go on at a pace' };
  const taken = await store.leases.take(step.target, owner);
  if (taken.kind === 'busy')
    return { kind: 'waiting', until: askAgain(taken.until, owner), why: `another step works on ${step.target}` };
  const { changeNumber: change } = guardian.settings;
  const intent = entryOf(run, 'intent', {
    sentence: step.sentence,
    undo: step.undo,
    authority: run.authority.kind,
    ...(run.authority.kind === 'policy' && change !== undefined && { change }),
  });
  const head = await store.ledger.append(keyId, run.head, [intent]);
  return { kind: 'begun', head, lease: { row: taken.row, etag: taken.etag } };
};

/**
 * Whom a step gave a consumer as its own identity (object id, lower-cased), read at its end: only then it is told. What cannot be read
 * is left out, and whom to let in is asked once more.
 */
const readAssigned = async ({ azure }: Guardian, step: StepRun['step']): Promise<string | undefined> => {
  if (step.kind !== 'assignIdentity' || step.parameters.identity.kind !== 'system') return undefined;
  const read = await azure.readConsumer(step.target).catch(() => undefined);
  const principalId = read?.kind === 'present' ? read.value[0].principalId : undefined;
  return principalId?.kind === 'present' ? principalId.value.toLowerCase() : undefined;
};

/** Outcome, then release, then the event. A step that was cancelled is no attempt: nothing was sent and nothing is used up. */
export const endStep = async (guardian: Guardian, { result, ...run }: EndInput): Promise<Head> => {
  const { store } = guardian;
  const { step, owner, keyId, incident, at } = run;
  const { outcome, why, correlationIds, cure } = result;
  const assigned = outcome === 'done' ? await readAssigned(guardian, step) : undefined;
  const entry: LedgerEntry = {
    ...entryOf(run, 'outcome', { why, ...(assigned !== undefined && { assigned }) }),
    outcome,
    intent: `${owner}.intent`,
    correlationIds,
  };
  if (step.kind === 'recoverVault' && outcome === 'done') await store.vaultRecoveries.note(step.target, at);
  const head = await store.ledger.append(keyId, run.head, [entry]);
  if (outcome !== 'cancelled') {
    const ended = {
      stepId: step.stepId,
      step: step.kind,
      target: step.target,
      outcome,
      why,
      at,
      incident,
      ...(cure && { cure }),
    };
    await store.records.stepEnded(keyId, ended);
  }
  if (outcome !== 'done' && run.authority.kind === 'policy' && run.authority.pace)
    await store.lanes.failed(step.kind, step.stepId);
  await store.leases.release(step.target, owner);
  const ended = { keyId, what: entry.id, at, incident, step: step.kind, stepId: step.stepId, target: step.target };
  await guardian.publish([stepEvent(ended, result)]);
  return head;
};
