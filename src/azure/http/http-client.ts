import type { HttpClient, PipelineRequest, RetryStrategy, SendRequest } from '@azure/core-rest-pipeline';
import { retryDelay } from './retry-delay.ts';

const READ_TIMEOUT_MS = 30_000;
const READ_RETRIES = 3;
const QUERY = /^\/providers\/microsoft\.resourcegraph\/resources$/i;

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

/** A query of Resource Graph is a read too, though it is sent as a POST. */
const isRead = ({ method, url }: PipelineRequest): boolean =>
  method === 'GET' || (method === 'POST' && QUERY.test(new URL(url).pathname));

/**
 * The one HTTP client under every Azure client: a read has a timeout and is repeated up to three times, everything else
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
      isRead(request) ? retry.sendRequest(request, read) : wire.sendRequest(request),
  };
};
