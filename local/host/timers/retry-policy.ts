import type { Duration, FunctionRetry, RetryContext } from '../worker/protocol.ts';

/**
 * Runs a function again after a failure, by its registered retry policy.
 * @throws the error of the last attempt
 */
export async function withRetryPolicy(
  policy: FunctionRetry | undefined,
  attempt: (context: RetryContext | undefined) => Promise<unknown>,
): Promise<void> {
  const maxRetryCount = policy?.maxRetryCount ?? 0;
  for (let retryCount = 0; ; retryCount++) {
    try {
      await attempt(retryCount === 0 ? undefined : { retryCount, maxRetryCount });
      return;
    } catch (error) {
      if (!policy || (maxRetryCount !== -1 && retryCount >= maxRetryCount)) throw error;
      await new Promise((resolve) => setTimeout(resolve, delayMs(policy, retryCount)));
    }
  }
}

function delayMs(policy: FunctionRetry, retryCount: number): number {
  if (policy.retryStrategy !== 'exponentialBackoff') return toMs(policy.delayInterval);
  return Math.min(toMs(policy.maximumInterval), toMs(policy.minimumInterval) * 2 ** retryCount);
}

const toMs = (duration: Duration | undefined): number =>
  Number(duration?.seconds ?? 0) * 1000 + Number(duration?.nanos ?? 0) / 1e6;
