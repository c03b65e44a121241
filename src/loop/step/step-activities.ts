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

/**
 * The holder usually releases the lease long before it ends, and many steps may wait for it: each step asks at a
 * different time.
 */
const SOONEST_MS = 5_000;
const SPREAD_MS = 10_000;

const askAgain = (until: string, owner: string): string => {
  const share = Number.parseInt(sha256(owner).slice(0, 8), 16) / 2 ** 32;
  return new Date(Math.min(Date.parse(until), Date.now() + SOONEST_MS + share * SPREAD_MS)).toISOString();
};

/** When the step asks again whether it may begin; `undefined` where it may begin now. */
const awaitTurn = async ({ store }: Guardian, { authority, keyId, step }: StepRun): Promise<string | undefined> => {
  if (authority.kind !== 'policy' || !authority.pace) return undefined;
  const entrant = { id: step.stepId, key: keyId };
  const admission = await store.lanes.enter(step.kind, entrant, authority.pace.deadline);
  return admission.kind === 'waiting' ? admission.until : undefined;
};

/**
 * Waits for the turn, takes the lease, then enters the intent. An intent without an outcome means that a write may have
 * been sent.
 */
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
 * The object id (lower case) of the identity that the step has assigned to a consumer, read at the end of the step,
 * since Azure states it only then. Where it cannot be read it is left out, and people are asked before that principal
 * gets access.
 */
const readAssigned = async ({ azure }: Guardian, step: StepRun['step']): Promise<string | undefined> => {
  if (step.kind !== 'assignIdentity' || step.parameters.identity.kind !== 'system') return undefined;
  const read = await azure.readConsumer(step.target).catch(() => undefined);
  const principalId = read?.kind === 'present' ? read.value[0].principalId : undefined;
  return principalId?.kind === 'present' ? principalId.value.toLowerCase() : undefined;
};

/**
 * Enters the outcome, then releases the lease, then raises the event. A cancelled step is no attempt: nothing was sent,
 * and no approval is used up.
 */
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
