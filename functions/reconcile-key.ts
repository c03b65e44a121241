import * as df from 'durable-functions';
import { call, RECONCILE_KEY, waitUntil } from '../src/durable.ts';
import type { ReconcileInput } from '../src/loop/messages.ts';
import { runSteps } from './run-steps.ts';

/** An instance lives at most an hour; so long a run goes on as a new one, which a new bundle may then replay. */
const ROUNDS = 12;
const LIFETIME_MS = 30 * 60_000;

/** The one durable instance of a key: assess, record, act, and look again until nothing is left that may be done. */
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
    if (assessment.decision.lookAgainAt !== undefined) {
      yield* waitUntil(context, assessment.decision.lookAgainAt);
      continue;
    }
    const { wanted, rowTag } = assessment;
    const { keyId, traceparent } = input;
    const settling = { keyId, wanted, ...(rowTag && { rowTag }), ...(traceparent && { traceparent }) };
    if (yield* call(context, 'settleKey', settling)) {
      return assessment.decision.kind;
    }
  }
});
