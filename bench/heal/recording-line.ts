/**
 * The smallest heal as a script that keeps the product's record: the product's own activities one after the other, with its
 * decision, leases, rows, ledger and anchors, in one process without durable steps. Told `heal`, it answers `healed`. What it takes
 * longer than `straight-line.ts` is the record; what the product takes longer than it are host, durable steps and their history.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { activities, guardian } from '../../src/app.ts';
import { type Invocation, withinInvocation } from '../../src/invocation.ts';
import type { Durable } from '../../src/loop/guardian.ts';
import type { Assessed, StepInput, StepRun, Written } from '../../src/loop/messages.ts';
import type { StepVerdict } from '../../src/remediation/policy/policy-types.ts';
import { KEY_ID } from './place.ts';

/** Nobody is woken by a heal, and no step of it is dead. */
const durable: Durable = {
  wake: () => Promise.reject(new Error('nobody is woken here')),
  wakeAnew: () => Promise.reject(new Error('nobody is woken here')),
  runtimeStatus: async () => undefined,
  isAlive: async () => false,
  followAlert: async () => {},
  start: async () => 'atWork',
};

/** What the product logs is its host's, which there is none of here. */
const quiet: Invocation = { log: () => {}, warn: () => {} };

const now = (): string => new Date().toISOString();

const follow = async (run: StepRun, first: Written): Promise<Exclude<Written, { kind: 'started' | 'waiting' }>> => {
  let answer = first;
  let operation = answer.kind === 'started' ? answer.operation : undefined;
  while (answer.kind === 'started' || answer.kind === 'waiting') {
    if (answer.kind === 'started') operation = answer.operation;
    if (operation === undefined) throw new Error(`The write waits: ${JSON.stringify(answer)}`);
    await sleep(Date.parse(answer.kind === 'started' ? answer.pollAt : answer.until) - Date.now());
    answer = await activities.pollStep({ ...run, operation }, durable);
  }
  return answer;
};

const runStep = async (input: StepInput, owner: string): Promise<StepInput['head']> => {
  const run: StepRun = { ...input, owner, at: now() };
  const begun = await activities.beginStep(run, durable);
  if (begun.kind !== 'begun') throw new Error(`The step may not begin: ${begun.why}`);
  const first = await activities.writeStep({ ...run, lease: begun.lease }, durable);
  const { kind, why, ...ended } = await follow(run, first);
  if (kind !== 'done') throw new Error(`The step ended as ${kind}: ${why}`);
  const result = { outcome: kind, why, correlationIds: [], ...ended };
  return activities.endStep({ ...run, head: begun.head, at: now(), result }, durable);
};

type Allowed = Extract<StepVerdict, { verdict: 'run' }>;

const runSteps = async ({ decision, incident = '' }: Assessed, recorded: StepInput['head'], name: string) => {
  let head = recorded;
  const allowed = decision.verdicts.filter((one): one is Allowed => one.verdict === 'run');
  for (const { step, authority } of allowed)
    head = await runStep({ keyId: KEY_ID, incident, step, authority, head }, `${name}-${step.stepId.slice(0, 16)}`);
};

const heal = async (): Promise<void> => {
  const { number } = await guardian.store.keyRows.raiseAnew(KEY_ID);
  for (let round = 0; ; round++) {
    const input = { keyId: KEY_ID, number, round, at: now() };
    const assessment = await activities.assessKey(input, durable);
    if (assessment.kind !== 'assessed') throw new Error(`The key is ${assessment.kind}`);
    const head = await activities.recordAssessment({ ...input, assessment }, durable);
    if (assessment.decision.kind === 'run') {
      await runSteps(assessment, head, `recording-line-${number}-${round}`);
      continue;
    }
    if (assessment.decision.kind !== 'healthy') throw new Error(`The key is to be healed: ${assessment.decision.kind}`);
    const { wanted, rowTag } = assessment;
    await activities.settleKey({ keyId: KEY_ID, wanted, ...(rowTag && { rowTag }) }, durable);
    return;
  }
};

process.on('message', async () => {
  await withinInvocation(quiet, heal);
  process.send?.('healed');
});
process.on('disconnect', () => process.exit());
