import * as df from 'durable-functions';
import { call, type Orchestration, RECONCILE_KEY, waitUntil } from '../src/durable.ts';
import type { ReconcileInput, SettleInput } from '../src/loop/messages.ts';
import { runSteps } from './run-steps.ts';

/**
 * An instance lives at most an hour. After these rounds, or after this time, a run continues as a new instance, which a
 * new bundle can replay.
 */
const ROUNDS = 12;
const LIFETIME_MS = 30 * 60_000;

/** A wake-up waits at most this long for a run that is itself waiting. */
const LISTEN_MS = 60_000;

/** Waits until `until` (ISO 8601). A wake-up that comes during the wait ends it within a minute. */
function* listenUntil(context: df.OrchestrationContext, until: string, input: SettleInput): Orchestration<void> {
  for (;;) {
    const listened = context.df.currentUtcDateTime.getTime() + LISTEN_MS;
    if (Date.parse(until) <= listened) return yield* waitUntil(context, until);
    yield* waitUntil(context, new Date(listened).toISOString());
    if (yield* call(context, 'isWanted', input)) return;
  }
}

/**
 * The only durable instance of a key. It assesses, records and acts, and assesses again until no step may run any more. Like every
 * orchestration it holds order, timers and waiting, and decides nothing (invariant `orchestrators-only-order`).
 */
df.app.orchestration(RECONCILE_KEY, function* (context) {
  const input = context.df.getInput<ReconcileInput>();
  const begun = context.df.currentUtcDateTime.getTime();
  for (let round = input.round; ; round++) {
    const now = context.df.currentUtcDateTime;
    if (round - input.round >= ROUNDS || now.getTime() - begun > LIFETIME_MS) {
      return context.df.continueAsNew({ ...input, round });
    }
    const current = { ...input, round };
    const at = now.toISOString();
    const assessment = yield* call(context, 'assessKey', { ...current, at });
    if (assessment.kind === 'alreadyAssessed') return assessment.kind;
    const head = yield* call(context, 'recordAssessment', { ...current, at, assessment });
    if (assessment.decision.kind === 'run') {
      yield* runSteps(context, current, assessment, head);
      continue;
    }
    const { wanted, rowTag } = assessment;
    const { keyId, traceparent } = input;
    const settling = { keyId, wanted, ...(rowTag && { rowTag }), ...(traceparent && { traceparent }) };
    if (assessment.decision.lookAgainAt !== undefined) {
      yield* listenUntil(context, assessment.decision.lookAgainAt, settling);
      continue;
    }
    if (yield* call(context, 'settleKey', settling)) {
      return assessment.decision.kind;
    }
  }
});
