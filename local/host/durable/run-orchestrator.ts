import { FunctionThrew } from '../worker/worker-errors.ts';
import type { HistoryEvent } from './history.ts';
import type { Instance } from './instance.ts';
import type { DurableFunctions } from './invoke-durable.ts';
import type { Action, OrchestratorState } from './orchestrator-state.ts';
import type { TimerLimits } from './replay/replay-state.ts';

/** The result of one run of an orchestrator function. */
export type Outcome = {
  actions: Action[];
  isDone: boolean;
  /** JSON text, like `customStatus`. */
  output: string | null;
  customStatus: string | null;
  error: string | null;
  stack: string;
  /** The function failed before the SDK could report its actions. */
  isBroken: boolean;
};

const STATE_MARK = '\n\n$OutOfProcData$:';
/** Schema 4 of the extension 3.13 (`upperSchemaVersionNew` counts from 0). */
const SCHEMA = { upperSchemaVersion: 1, upperSchemaVersionNew: 3 };

/**
 * Runs the orchestrator function from its serialised history. No state of the generator survives the call.
 * @throws WorkerDied
 */
export async function runOrchestrator(
  functions: DurableFunctions,
  instance: Instance,
  history: HistoryEvent[],
  limits: TimerLimits,
): Promise<Outcome> {
  if (!functions.has('orchestrationTrigger', instance.name)) return broken(missing(instance.name), '');
  const data = { string: payload(instance, history, limits) };
  const metadata = { instanceId: { string: instance.instanceId } };
  try {
    const result = await functions.invoke('orchestrationTrigger', instance.name, data, metadata);
    return toOutcome(result === null ? { isDone: true, actions: [[]] } : (JSON.parse(result) as OrchestratorState), '');
  } catch (error) {
    if (!(error instanceof FunctionThrew)) throw error;
    const at = error.message.indexOf(STATE_MARK);
    if (at < 0) return broken(error.message, error.remoteStack);
    const state = JSON.parse(error.message.slice(at + STATE_MARK.length)) as OrchestratorState;
    return toOutcome(state, error.remoteStack);
  }
}

const missing = (name: string): string =>
  `The orchestrator function '${name}' doesn't exist, is disabled, or is not an orchestrator function.`;

const broken = (error: string, stack: string): Outcome => ({
  actions: [],
  isDone: false,
  output: null,
  customStatus: null,
  error,
  stack,
  isBroken: true,
});

const toOutcome = (state: OrchestratorState, stack: string): Outcome => ({
  actions: state.actions[0] ?? [],
  isDone: state.isDone,
  output: toText(state.output),
  customStatus: toText(state.customStatus),
  error: state.error || null,
  stack,
  isBroken: false,
});

const toText = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value);

function payload(instance: Instance, history: HistoryEvent[], limits: TimerLimits): string {
  return JSON.stringify({
    history,
    input: instance.input === null ? null : JSON.parse(instance.input),
    instanceId: instance.instanceId,
    isReplaying: instance.history.length > 0,
    parentInstanceId: instance.parent?.instanceId ?? null,
    ...SCHEMA,
    longRunningTimerIntervalDuration: timeSpan(limits.longTimerIntervalMs),
    maximumShortTimerDuration: timeSpan(limits.maximumShortTimerMs),
    // The misspelling is in the extension as well.
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
  });
}

/** A .NET TimeSpan in its constant format, such as 6.00:00:00. */
function timeSpan(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  return `${days}.${new Date(ms % 86_400_000).toISOString().slice(11, 19)}`;
}
