import type * as df from 'durable-functions';
import { beginsWithOthers, type Orchestration } from '../src/durable.ts';
import type { Assessed, ReconcileInput, StepInput, StepOutcome } from '../src/loop/messages.ts';
import type { StepVerdict } from '../src/remediation/policy/policy-types.ts';

const callStep = (context: df.OrchestrationContext, name: string, input: StepInput): df.Task =>
  context.df.callSubOrchestrator(
    input.step.kind,
    input,
    `${context.df.instanceId}-${name}-${input.step.stepId.slice(0, 16)}`,
  );

const failedAsAWhole = (error: unknown, { head }: StepInput): StepOutcome => ({
  outcome: 'failed',
  why: String(error).split('\n')[0] ?? '',
  correlationIds: [],
  head,
});

/** Calls one step as an orchestration of its own. An orchestration that throws counts as a step whose write failed. */
function* runStep(context: df.OrchestrationContext, name: string, input: StepInput): Orchestration<StepOutcome> {
  try {
    return (yield callStep(context, name, input)) as StepOutcome;
  } catch (error) {
    return failedAsAWhole(error, input);
  }
}

type Allowed = Extract<StepVerdict, { verdict: 'run' }>;

/** The most consumers that are revalidated at once. Each is a target of its own, and Azure takes about a minute for each. */
const AT_ONCE = 20;

/**
 * The steps of one wave begin together. Where one of them throws, the results of the others are not known here: the
 * next assessment sees them.
 */
function* runWave(
  context: df.OrchestrationContext,
  name: string,
  inputs: readonly StepInput[],
): Orchestration<readonly StepOutcome[]> {
  const [first] = inputs;
  if (first === undefined) return [];
  if (inputs.length === 1) return [yield* runStep(context, name, first)];
  try {
    return (yield context.df.Task.all(inputs.map((input) => callStep(context, name, input)))) as StepOutcome[];
  } catch (error) {
    return inputs.map((input) => failedAsAWhole(error, input));
  }
}

const isTogether = (a: StepVerdict, b: StepVerdict): boolean =>
  a.step.kind === b.step.kind && beginsWithOthers(a.step.kind);

/** Groups the verdicts in their order: neighbouring steps of one kind that may begin together are one wave. */
const wavesOf = (verdicts: readonly StepVerdict[]): readonly (readonly StepVerdict[])[] => {
  const waves: StepVerdict[][] = [];
  for (const verdict of verdicts) {
    const wave = waves.at(-1);
    const [first] = wave ?? [];
    if (wave && first && wave.length < AT_ONCE && isTogether(first, verdict)) wave.push(verdict);
    else waves.push([verdict]);
  }
  return waves;
};

/**
 * Runs the allowed steps in order. A step waits for the next assessment where it depends on a step that is not done, or
 * on a step after which more faults may show.
 */
export function* runSteps(
  context: df.OrchestrationContext,
  { keyId, number, round, traceparent }: ReconcileInput,
  { decision, incident = '' }: Assessed,
  recorded: StepInput['head'],
): Orchestration<void> {
  const undone = new Set<string>();
  let head = recorded;
  const traced = traceparent === undefined ? {} : { traceparent };
  for (const wave of wavesOf(decision.verdicts)) {
    const may = (verdict: StepVerdict): verdict is Allowed =>
      verdict.verdict === 'run' && !verdict.step.dependsOn.some((id) => undone.has(id));
    for (const verdict of wave) if (!may(verdict)) undone.add(verdict.step.stepId);
    const inputs = wave
      .filter(may)
      .map(({ step, authority }): StepInput => ({ keyId, incident, step, authority, head, ...traced }));
    const ended = yield* runWave(context, `${number}-${round}`, inputs);
    head = latest([head, ...ended.map((one) => one.head)]);
    for (const [at, { step }] of inputs.entries())
      if (ended[at]?.outcome !== 'done' || step.reveals) undone.add(step.stepId);
  }
}

/** The newest head of the chain: each step returns the head that it left. */
const latest = (heads: readonly StepInput['head'][]): StepInput['head'] =>
  heads.reduce((one, other) => (other.seq > one.seq ? other : one));
