import { describe, expect, it } from 'vitest';
import { withRetryPolicy } from '../../../local/host/timers/retry-policy.ts';
import type { FunctionRetry, RetryContext } from '../../../local/host/worker/protocol.ts';

/** Runs a function that fails so many times at first; returns the retry contexts that it got. */
async function attemptsOf(policy: FunctionRetry | undefined, failures: number): Promise<(RetryContext | undefined)[]> {
  const seen: (RetryContext | undefined)[] = [];
  const run = withRetryPolicy(policy, async (context) => {
    seen.push(context);
    if (seen.length <= failures) throw new Error(`failure ${seen.length}`);
  });
  await run.catch((error: Error) => expect(error.message).toBe(`failure ${seen.length}`));
  return seen;
}

const AT_ONCE = { seconds: 0 };

describe('a retry policy of a function', () => {
  it('that is absent means one attempt', async () => {
    expect(await attemptsOf(undefined, 1)).toEqual([undefined]);
  });

  it('ends with the first success, and tells each attempt its number', async () => {
    const policy = { retryStrategy: 'fixedDelay', maxRetryCount: 5, delayInterval: AT_ONCE };
    expect(await attemptsOf(policy, 2)).toEqual([
      undefined,
      { retryCount: 1, maxRetryCount: 5 },
      { retryCount: 2, maxRetryCount: 5 },
    ]);
  });

  it('ends after the last retry', async () => {
    const policy = { retryStrategy: 'fixedDelay', maxRetryCount: 2, delayInterval: AT_ONCE };
    expect(await attemptsOf(policy, 9)).toHaveLength(3);
  });

  it('of -1 never ends but with success', async () => {
    const policy = {
      retryStrategy: 'exponentialBackoff',
      maxRetryCount: -1,
      minimumInterval: AT_ONCE,
      maximumInterval: AT_ONCE,
    };
    expect(await attemptsOf(policy, 20)).toHaveLength(21);
  });
});
