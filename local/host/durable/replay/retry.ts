import type { FailureEvent } from '../history.ts';
import type { RetryOptions } from '../orchestrator-state.ts';
import { type ReplayState, scheduleTimer } from './replay-state.ts';
import { runningTask, settle, type Task, whenSettled } from './task.ts';

/**
 * Repeats a call after each failure, with timers in between. The schedule, and the order of sequence numbers, are those
 * of DurableTask.Core's RetryInterceptor. After the last failed attempt there is one more timer, which fires at once.
 */
export function withRetry(replay: ReplayState, options: RetryOptions, call: () => Task): Task {
  const outer = runningTask();
  const firstAttemptAt = replay.now;
  let failures = 0;

  const attempt = (): void => {
    const inner = call();
    whenSettled(inner, () => (inner.state === 'ok' ? settle(outer, 'ok', inner.value) : failed(inner.value)));
  };
  const failed = (failure: unknown): void => {
    const giveUp = (): void => settle(outer, 'failed', failure);
    failures++;
    const hopeless = whyAzureDiffers(replay.now, firstAttemptAt, options, failure as FailureEvent, failures);
    if (hopeless) {
      replay.warnings.add(hopeless);
      giveUp();
    } else if (failures >= options.maxNumberOfAttempts) {
      whenSettled(scheduleTimer(replay, replay.now), giveUp);
    } else {
      whenSettled(scheduleTimer(replay, replay.now + delay(options, failures)), attempt);
    }
  };

  attempt();
  return outer;
}

/** The SDK and the extension disagree on two endings: returns a warning for these, or null. */
function whyAzureDiffers(
  now: number,
  firstAttemptAt: number,
  options: RetryOptions,
  failure: FailureEvent,
  failures: number,
): string | null {
  if (failure.FailureDetails?.IsNonRetriable) {
    return 'a non-retriable failure inside a retry: Azure gives up at once, the SDK waits for a timer';
  }
  const timeout = options.retryTimeoutInMilliseconds ?? 0;
  if (failures >= options.maxNumberOfAttempts || timeout <= 0 || now < firstAttemptAt + timeout) return null;
  return (
    'retryTimeoutInMilliseconds is exceeded: the SDK never sees the failure and the orchestration hangs ' +
    '(azure-functions-durable-js#629)'
  );
}

function delay(options: RetryOptions, failures: number): number {
  const grown = options.firstRetryIntervalInMilliseconds * (options.backoffCoefficient ?? 1) ** (failures - 1);
  return Math.min(grown, options.maxRetryIntervalInMilliseconds ?? Number.POSITIVE_INFINITY);
}
