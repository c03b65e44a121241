import * as df from 'durable-functions';
import { call, type Orchestration, RECONCILE_KEY } from '../src/durable.ts';
import type { Assessed, ReconcileInput, StepInput, StepOutcome } from '../src/loop/messages.ts';

/** An instance lives at most an hour; so long a run goes on as a new one, which a new bundle may then replay. */
const ROUNDS = 12;
const LIFETIME_MS = 30 * 60_000;

/** Calls one step as an orchestration of its own. One that fails as a whole is like one that failed to write. */
function* runStep(context: df.OrchestrationContext, name: string, input: StepInput): Orchestration<StepOutcome> {
  const instanceId = `${context.df.instanceId}-${name}-${input.step.stepId.slice(0, 16)}`;
  try {
    return (yield context.df.callSubOrchestrator(input.step.kind, input, instanceId)) as StepOutcome;
  } catch (error) {
    return { outcome: 'failed', why: String(error).split('\n')[0] ?? '', correlationIds: [], head: input.head };
  }
}

/**
 * Runs the allowed steps in order. A step that rests on one that is not done, or that shows only now what else is wrong,
 * waits for the next assessment.
 */
function* runSteps(
  context: df.OrchestrationContext,
  { keyId, number, round }: ReconcileInput,
  { decision, incident = '' }: Assessed,
  recorded: StepInput['head'],
): Orchestration<void> {
  const undone = new Set<string>();
  let head = recorded;
  for (const allowed of decision.verdicts) {
    const { step } = allowed;
    if (allowed.verdict !== 'run' || step.dependsOn.some((id) => undone.has(id))) {
      undone.add(step.stepId);
      continue;
    }
    const input: StepInput = { keyId, incident, step, authority: allowed.authority, head };
    const ended = yield* runStep(context, `${number}-${round}`, input);
    head = ended.head;
    if (ended.outcome !== 'done' || step.reveals) undone.add(step.stepId);
  }
}

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
    const { wanted, rowTag } = assessment;
    if (yield* call(context, 'settleKey', { keyId: input.keyId, wanted, ...(rowTag && { rowTag }) })) {
      return assessment.decision.kind;
    }
  }
});
