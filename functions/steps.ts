import * as df from 'durable-functions';
import { call, type Orchestration, STEP_KINDS, waitUntil } from '../src/durable.ts';
import type { Begun, StepInput, StepOutcome, StepResult, StepRun, Written } from '../src/loop/messages.ts';

/**
 * How long a step waits for a lease, a write fence or an operation. After that the step gives up, and the key is assessed
 * again.
 */
const PATIENCE_MS = 25 * 60_000;

type Operation = Extract<Written, { kind: 'started' }>['operation'];
type Held = Extract<Begun, { kind: 'begun' }>;

const failed = (why: string): StepResult => ({ outcome: 'failed', why, correlationIds: [] });
/** A write may have been sent: only an observation tells whether it worked. */
const unknown = (why: string): StepResult => ({ outcome: 'unknown', why, correlationIds: [] });

/**
 * Takes the lease and enters the intent. A `StepResult` means that the lease was not available: the step ends without a
 * write.
 */
function* begin(context: df.OrchestrationContext, run: StepRun, deadline: number): Orchestration<Held | StepResult> {
  for (;;) {
    const begun = yield* call(context, 'beginStep', run);
    if (begun.kind === 'begun') return begun;
    if (context.df.currentUtcDateTime.getTime() >= deadline) return failed(`Gave up: ${begun.why}`);
    yield* waitUntil(context, begun.until);
  }
}

/** When the step asks Azure again and why, or how the step ended. */
const next = (answer: Written): { until: string; why: string } | StepResult => {
  if (answer.kind === 'started') return { until: answer.pollAt, why: 'the operation did not end' };
  if (answer.kind === 'waiting') return answer;
  const correlationIds = answer.kind === 'cancelled' ? [] : answer.correlationIds;
  const cure = answer.kind === 'blocked' ? answer.cure : undefined;
  return { outcome: answer.kind, why: answer.why, correlationIds, ...(cure && { cure }) };
};

/** Writes once and follows the operation on durable timers until Azure has decided. */
function* write(
  context: df.OrchestrationContext,
  run: StepRun,
  held: Held,
  deadline: number,
): Orchestration<StepResult> {
  let operation: Operation | undefined;
  for (;;) {
    const answer: Written = operation
      ? yield* call(context, 'pollStep', { ...run, operation })
      : yield* call(context, 'writeStep', { ...run, lease: held.lease });
    if (answer.kind === 'started') operation = answer.operation;
    const after = next(answer);
    if ('outcome' in after) return after;
    if (context.df.currentUtcDateTime.getTime() >= deadline) return unknown(`Gave up: ${after.why}`);
    yield* waitUntil(context, after.until);
  }
}

/**
 * Tries at the times that the step names. Before the last time a refusal proves nothing: access may not be effective
 * yet.
 */
function* tryAtTimes(
  context: df.OrchestrationContext,
  run: StepRun,
  held: Held,
  deadline: number,
): Orchestration<StepResult> {
  const [first, ...later] = run.step.attemptsAt ?? [];
  if (first !== undefined && Date.parse(first) > context.df.currentUtcDateTime.getTime())
    yield* waitUntil(context, first);
  let result = yield* write(context, run, held, deadline);
  for (const time of later) {
    // A refusal that only a person can cure does not change with time.
    if (result.outcome !== 'blocked' || result.cure === 'change') return result;
    yield* waitUntil(context, time);
    result = yield* write(context, run, held, deadline);
  }
  return result;
}

function* step(context: df.OrchestrationContext): Orchestration<StepOutcome> {
  const input = context.df.getInput<StepInput>();
  const now = context.df.currentUtcDateTime;
  const nothingDone = (result: StepResult): StepOutcome => ({ ...result, head: input.head });
  // Durable's own HTTP API can start any orchestration. A step that reconcileKey has not started would bypass the
  // policy.
  if (!context.df.parentInstanceId) return nothingDone(failed('A step runs only as a part of reconcileKey.'));
  const run: StepRun = { ...input, owner: context.df.instanceId, at: now.toISOString() };
  const deadline = now.getTime() + PATIENCE_MS;
  const held = yield* begin(context, run, deadline);
  if ('outcome' in held) return nothingDone(held);
  let result: StepResult;
  try {
    result = yield* tryAtTimes(context, run, held, deadline);
  } catch (error) {
    result = unknown(String(error).split('\n')[0] ?? 'the write failed');
  }
  const at = context.df.currentUtcDateTime.toISOString();
  return { ...result, head: yield* call(context, 'endStep', { ...run, head: held.head, at, result }) };
}

for (const kind of STEP_KINDS) df.app.orchestration(kind, step);
