import * as df from 'durable-functions';
import type { Instances } from './loop/guardian.ts';
import type { Activities } from './loop/messages.ts';
import { ENDED } from './remediation/protocol/retention.ts';
import { STEPS, type StepKind } from './remediation/steps/steps.ts';

export { FOLLOW_ALERT, RECONCILE_KEY, SINGLETONS } from './remediation/protocol/orchestrations.ts';

/**
 * Retries after 2, 4, 8 and 16 s. There is no retry timeout: an orchestration hangs when one is exceeded
 * (durable-functions 3.5, issue 629).
 */
const retryPolicy = (): df.RetryOptions => {
  const options = new df.RetryOptions(2_000, 5);
  options.backoffCoefficient = 2;
  return options;
};

/** A part of an orchestration that returns a value. */
export type Orchestration<Value> = Generator<df.Task, Value, unknown>;

/**
 * Calls an activity with typed input and output. Throws after the last attempt. Permanent outcomes are values, never
 * errors.
 */
export function* call<Name extends keyof Activities>(
  context: df.OrchestrationContext,
  name: Name,
  input: Parameters<Activities[Name]>[0],
): Orchestration<ReturnType<Activities[Name]>> {
  return (yield context.df.callActivityWithRetry(name, retryPolicy(), input)) as ReturnType<Activities[Name]>;
}

/** Calls an activity with several inputs at once. Throws when one call has failed for good; the other calls go on. */
export function* callEach<Name extends keyof Activities>(
  context: df.OrchestrationContext,
  name: Name,
  inputs: readonly Parameters<Activities[Name]>[0][],
): Orchestration<void> {
  yield context.df.Task.all(inputs.map((input) => context.df.callActivityWithRetry(name, retryPolicy(), input)));
}

/**
 * Waits on a durable timer until `until` (ISO 8601). The timer lasts at least a second, so that a clock that lags
 * causes no busy loop.
 */
export function* waitUntil(context: df.OrchestrationContext, until: string): Orchestration<void> {
  const earliest = context.df.currentUtcDateTime.getTime() + 1_000;
  yield context.df.createTimer(new Date(Math.max(Date.parse(until), earliest)));
}

export { STEP_KINDS } from './remediation/steps/steps.ts';

/** Whether steps of this kind begin together, each on another target. */
export const beginsWithOthers = (kind: StepKind): boolean => STEPS[kind].purpose === 'trial';

const seeIn: (client: df.DurableClient) => Instances['see'] = (client) => async (id) => {
  const status = await client.getStatus(id, { showInput: true }).catch((error: unknown) => {
    if (/\b404\b|not found|does not exist/i.test(String(error))) return undefined;
    throw error;
  });
  if (!status) return undefined;
  const { runtimeStatus, lastUpdatedTime, input } = status;
  return { status: String(runtimeStatus), updatedAt: new Date(lastUpdatedTime).toISOString(), input };
};

/** The names in `ENDED` are the names of the SDK. */
const listEndedIn: (client: df.DurableClient) => Instances['listEnded'] =
  (client) => async (createdTimeFrom, createdTimeTo) => {
    const runtimeStatus = ENDED.map((name) => name as df.OrchestrationRuntimeStatus);
    const listed = await client.getStatusBy({ createdTimeFrom, createdTimeTo, runtimeStatus });
    return listed.map(({ instanceId, runtimeStatus: status, createdTime, lastUpdatedTime }) => ({
      id: instanceId,
      status: String(status),
      createdAt: new Date(createdTime).toISOString(),
      updatedAt: new Date(lastUpdatedTime).toISOString(),
    }));
  };

/** The instances of Durable Functions as the loop sees them. */
export const instancesOf = (client: df.DurableClient): Instances => ({
  start: (name, instanceId, input) => client.startNew(name, { instanceId, input }).then(() => undefined, String),
  see: seeIn(client),
  // The reason becomes a part of a URL without encoding, so it holds only characters that need none.
  terminate: (id) =>
    client.terminate(id, 'outlived').then(
      () => undefined,
      () => undefined,
    ),
  listEnded: listEndedIn(client),
  purge: async (id) => {
    await client.purgeInstanceHistory(id);
  },
});
