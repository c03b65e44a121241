import * as df from 'durable-functions';
import type { Durable } from './loop/guardian.ts';
import type { Activities, ReconcileInput } from './loop/messages.ts';
import { type KeyRef, keyId, keyInstanceId } from './remediation/model/key-ref.ts';
import { coveredBy } from './remediation/protocol/wake.ts';
import { STEPS, type StepKind } from './remediation/steps/steps.ts';

/** Names of the orchestrations; a step's is the name of its kind. */
export const RECONCILE_KEY = 'reconcileKey';
export const SWEEP = 'sweepEstate';
export const PROBE = 'probeEstate';
export const POSTURE = 'postureReport';

/** 2, 4, 8 and 16 s. No retry timeout: an orchestration hangs when one is exceeded (durable-functions 3.5, issue 629). */
const retryPolicy = (): df.RetryOptions => {
  const options = new df.RetryOptions(2_000, 5);
  options.backoffCoefficient = 2;
  return options;
};

/** A part of an orchestration that ends with a value. */
export type Orchestration<Value> = Generator<df.Task, Value, unknown>;

/** Calls an activity with its types. Throws after the last attempt; permanent outcomes are values, never errors. */
export function* call<Name extends keyof Activities>(
  context: df.OrchestrationContext,
  name: Name,
  input: Parameters<Activities[Name]>[0],
): Orchestration<ReturnType<Activities[Name]>> {
  return (yield context.df.callActivityWithRetry(name, retryPolicy(), input)) as ReturnType<Activities[Name]>;
}

/** The same with several inputs at once. Throws when one has failed for good; the others go on. */
export function* callEach<Name extends keyof Activities>(
  context: df.OrchestrationContext,
  name: Name,
  inputs: readonly Parameters<Activities[Name]>[0][],
): Orchestration<void> {
  yield context.df.Task.all(inputs.map((input) => context.df.callActivityWithRetry(name, retryPolicy(), input)));
}

/** Waits on a durable timer until `until` (ISO 8601), at least a second so that a clock that lags cannot spin. */
export function* waitUntil(context: df.OrchestrationContext, until: string): Orchestration<void> {
  const earliest = context.df.currentUtcDateTime.getTime() + 1_000;
  yield context.df.createTimer(new Date(Math.max(Date.parse(until), earliest)));
}

const LIVE = new Set<string>(['Pending', 'Running', 'Suspended', 'ContinuedAsNew']);

const statusOf = (client: df.DurableClient, instanceId: string): Promise<df.DurableOrchestrationStatus | undefined> =>
  client.getStatus(instanceId, { showInput: true }).catch((error: unknown) => {
    if (/\b404\b|not found|does not exist/i.test(String(error))) return undefined;
    throw error;
  });

/** `Running`, `Completed`, …; `undefined` when there is no such instance. */
const runtimeStatus = async (client: df.DurableClient, instanceId: string): Promise<string | undefined> => {
  const status = await statusOf(client, instanceId);
  return status && String(status.runtimeStatus);
};

const isAlive = async (client: df.DurableClient, instanceId: string): Promise<boolean> =>
  LIVE.has((await runtimeStatus(client, instanceId)) ?? '');

/** The instance's input while it lives, `undefined` when there is none or it has ended. */
const liveInput = async (client: df.DurableClient, instanceId: string): Promise<unknown> => {
  const status = await statusOf(client, instanceId);
  return status && LIVE.has(String(status.runtimeStatus)) ? status.input : undefined;
};

const runningNumber = (input: unknown): number | undefined => {
  const number = (input as Partial<ReconcileInput> | undefined)?.number;
  return typeof number === 'number' ? number : undefined;
};

/** What a wake-up needs of the key's row: invariant 4. */
type WakeStore = {
  /** Raises `wanted` by one by ETag. `number` is the new value; `assessed` is what the row held before. */
  raise(keyId: string): Promise<{ readonly number: number; readonly assessed: number }>;
};

const STARTS = 3;

/**
 * Wakes a key so that an assess follows that begins after this call. Returns the instance's id. Throws when it cannot
 * promise that: the sender must deliver again (Event Grid does; an HTTP door answers 503).
 */
const wake = async (client: df.DurableClient, keyRows: WakeStore, key: KeyRef): Promise<string> => {
  const { number, assessed } = await keyRows.raise(keyId(key));
  const instanceId = keyInstanceId(key);
  const input: ReconcileInput = { keyId: keyId(key), number, round: 0 };
  for (let start = 1; ; start++) {
    const failure = await client.startNew(RECONCILE_KEY, { instanceId, input }).then(() => undefined, String);
    if (failure === undefined) return instanceId;
    const running = runningNumber(await liveInput(client, instanceId));
    if (running !== undefined && coveredBy(running, assessed)) return instanceId;
    if (running !== undefined || start === STARTS) {
      throw new Error(`${keyId(key)} could not be woken now (${failure}); deliver again`);
    }
  }
};

export { STEP_KINDS } from './remediation/steps/steps.ts';

/** Whether steps of this kind begin together, each on another target. */
export const beginsWithOthers = (kind: StepKind): boolean => STEPS[kind].purpose === 'trial';

/** Starts the one instance of an orchestration that bears its name; does nothing while it lives. */
export const startOnce = async (client: df.DurableClient, name: string): Promise<void> => {
  try {
    await client.startNew(name, { instanceId: name });
  } catch (error) {
    if (!(await isAlive(client, name))) throw error;
  }
};

/** Durable Functions as the loop and the doors see it. */
export const durableOf = (client: df.DurableClient, keyRows: WakeStore): Durable => ({
  wake: (key) => wake(client, keyRows, key),
  runtimeStatus: (instanceId) => runtimeStatus(client, instanceId),
  isAlive: (instanceId) => isAlive(client, instanceId),
  lookAtPosture: () => startOnce(client, POSTURE),
});
