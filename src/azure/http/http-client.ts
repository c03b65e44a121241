import type { HttpClient, PipelineRequest, RetryStrategy, SendRequest } from '@azure/core-rest-pipeline';
import { retryDelay } from './retry-delay.ts';

const READ_TIMEOUT_MS = 30_000;
const READ_RETRIES = 3;

const strategy: RetryStrategy = {
  name: 'readRetry',
  retry: ({ retryCount, response, responseError }) => {
    const wait = retryDelay(
      {
        retries: retryCount,
        ...(response ? { status: response.status, header: (name) => response.headers.get(name) } : {}),
        ...(responseError?.code === undefined ? {} : { errorCode: responseError.code }),
      },
      Date.now(),
    );
    return wait === undefined ? { skipStrategy: true } : { retryAfterInMs: wait };
  },
};

/**
 * The one HTTP client under every Azure client: a GET has a timeout and is repeated up to three times, everything else
 * goes out exactly once. The clients above switch their own retries off.
 */
export const createHttpClient = async (): Promise<HttpClient> => {
  const { createDefaultHttpClient, RestError, retryPolicy } = await import('@azure/core-rest-pipeline');
  const wire = createDefaultHttpClient();
  const retry = retryPolicy([strategy], { maxRetries: READ_RETRIES });
  const read: SendRequest = async (request) => {
    request.timeout ||= READ_TIMEOUT_MS;
    return wire.sendRequest(request).catch((error: unknown) => {
      const timedOut = error instanceof Error && error.name === 'AbortError' && !request.abortSignal?.aborted;
      throw timedOut ? new RestError(`no answer within ${request.timeout} ms`, { code: 'ETIMEDOUT', request }) : error;
    });
  };
  return {
    sendRequest: (request: PipelineRequest) =>
      request.method === 'GET' ? retry.sendRequest(request, read) : wire.sendRequest(request),
  };
};
