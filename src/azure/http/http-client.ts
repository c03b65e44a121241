import type { HttpClient, PipelineRequest, RetryStrategy, SendRequest } from '@azure/core-rest-pipeline';
import { retryDelay } from './retry-delay.ts';

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

type Patience = { readonly timeoutMs: number; readonly retries: number };

const create = async ({ timeoutMs, retries }: Patience): Promise<HttpClient> => {
  const { createDefaultHttpClient, RestError, retryPolicy } = await import('@azure/core-rest-pipeline');
  const wire = createDefaultHttpClient();
  const retry = retryPolicy([strategy], { maxRetries: retries });
  const read: SendRequest = async (request) => {
    request.timeout ||= timeoutMs;
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

/**
 * The HTTP client under every Azure client: a read has a timeout and is repeated up to three times, everything else goes
 * out exactly once. The clients above switch their own retries off.
 */
export const createHttpClient = (): Promise<HttpClient> => create({ timeoutMs: 30_000, retries: 3 });

/** The same for reads that come again within a minute: one that fails is not worth the time that it keeps others waiting. */
export const createHastyHttpClient = (): Promise<HttpClient> => create({ timeoutMs: 5_000, retries: 0 });
