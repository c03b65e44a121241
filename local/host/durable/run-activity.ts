import type { TypedData } from '../worker/protocol.ts';
import { FunctionThrew } from '../worker/worker-errors.ts';
import { type FailureDetails, type HistoryEvent, historyEvent } from './history.ts';
import type { DurableFunctions } from './invoke-durable.ts';
import type { Command } from './replay/replay-state.ts';

export type ActivityCall = Command & { kind: 'task' };

/**
 * Runs an activity once.
 * @returns the event for the orchestrator, about the success or the function's failure
 * @throws WorkerDied
 */
export async function runActivity(
  functions: DurableFunctions,
  instanceId: string,
  call: ActivityCall,
): Promise<HistoryEvent> {
  const { id, name } = call;
  if (!functions.has('activityTrigger', name)) {
    const reason = `The activity function '${name}' doesn't exist, is disabled, or is not an activity function.`;
    return activityFailed(id, name, reason, '');
  }
  const data = toTypedData(call.input);
  const metadata = { instanceId: { string: instanceId }, ...(data.string === undefined ? {} : { data }) };
  try {
    const result = await functions.invoke('activityTrigger', name, data, metadata);
    return historyEvent('TaskCompleted', { TaskScheduledId: id, Result: result });
  } catch (error) {
    if (!(error instanceof FunctionThrew)) throw error;
    return activityFailed(id, name, error.message, error.remoteStack);
  }
}

/** The SDK sends texts JSON-encoded. They are passed on unchanged. */
function toTypedData(input: string): TypedData {
  const [value] = JSON.parse(input) as [unknown];
  if (value === null) return {};
  return { string: typeof value === 'string' ? value : JSON.stringify(value) };
}

/** The texts are those of the extension. Only their first line is the same in every version. */
export function activityFailed(id: number, name: string, message: string, stack: string): HistoryEvent {
  const details = parseFailureDetails(message);
  const text = details?.ErrorMessage ?? message;
  const exception = {
    $type: 'System.Exception, System.Private.CoreLib',
    ClassName: 'System.Exception',
    Message: text,
    RemoteStackTrace: stack,
  };
  return historyEvent('TaskFailed', {
    TaskScheduledId: id,
    Reason: `Activity function '${name}' failed: ${text}`,
    Details: JSON.stringify(exception),
    FailureDetails: details,
  });
}

/** With df.app.setExceptionPropertiesProvider the SDK makes the message a JSON object. */
function parseFailureDetails(message: string): FailureDetails | null {
  if (!message.startsWith('{')) return null;
  try {
    const { errorType, errorMessage, stackTrace, isNonRetriable, properties } = JSON.parse(message);
    if (typeof errorType !== 'string' || typeof errorMessage !== 'string') return null;
    return {
      ErrorType: errorType,
      ErrorMessage: errorMessage,
      StackTrace: stackTrace ?? null,
      IsNonRetriable: isNonRetriable === true,
      Properties: properties ?? null,
      InnerFailure: null,
    };
  } catch {
    return null;
  }
}
