import type { HttpClient, PipelineRequest, RetryStrategy, SendRequest } from '@azure/core-rest-pipeline';
import { countThrottled } from '../../telemetry/measures.ts';
import { tracedCall } from '../../telemetry/trace.ts';
import { hostKind } from './host-kind.ts';
import { orRefusedInEach, patientlyInEach, type Ration } from './ration.ts';
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

/**
 * Of the reads that Resource Manager lets one principal send to a subscription (250 at once, 25 a second), what the probe does
 * not need. A thousand keys that are looked at in the same minute would else be refused, and ask again beside each other.
 */
const READS: Ration = { size: 200, perSecond: 20 };

/**
 * Of the writes that Resource Manager lets one principal send to a subscription (200 at once, 10 a second), what leaves some to those
 * of a person. A step that is refused here holds its lease no longer than one that Azure refuses: it waits and comes again.
 */
const WRITES: Ration = { size: 160, perSecond: 8 };

/** What a call is told as: never its query, which may be a secret, nor anything of header or body but Azure's own id of it. */
const asSpan =
  (send: SendRequest): SendRequest =>
  (request) => {
    const { hostname, pathname } = new URL(request.url);
    const told = { 'http.request.method': request.method, 'server.address': hostname, 'url.path': pathname };
    return tracedCall({ name: `${request.method} Azure`, told }, async (tell) => {
      const response = await send(request);
      const correlation =
        response.headers.get('x-ms-correlation-request-id') ?? response.headers.get('x-ms-request-id');
      tell({ 'http.response.status_code': response.status, 'azure.correlation_id': correlation });
      if (response.status === 429) countThrottled(hostKind(hostname));
      return response;
    });
  };

type Patience = {
  readonly timeoutMs: number;
  readonly retries: number;
  readonly reads?: Ration;
  readonly writes?: Ration;
};

const create = async ({ timeoutMs, retries, reads, writes }: Patience): Promise<HttpClient> => {
  const { createDefaultHttpClient, RestError, retryPolicy } = await import('@azure/core-rest-pipeline');
  const client = createDefaultHttpClient();
  const wire = { sendRequest: asSpan((request) => client.sendRequest(request)) };
  const retry = retryPolicy([strategy], { maxRetries: retries });
  const read: SendRequest = async (request) => {
    request.timeout ||= timeoutMs;
    return wire.sendRequest(request).catch((error: unknown) => {
      const timedOut = error instanceof Error && error.name === 'AbortError' && !request.abortSignal?.aborted;
      throw timedOut ? new RestError(`no answer within ${request.timeout} ms`, { code: 'ETIMEDOUT', request }) : error;
    });
  };
  const inTurn = reads ? await patientlyInEach(read, reads) : read;
  const write: SendRequest = (request) => wire.sendRequest(request);
  const bounded = writes ? await orRefusedInEach(write, writes) : write;
  return {
    sendRequest: (request: PipelineRequest) =>
      isRead(request) ? retry.sendRequest(request, inTurn) : bounded(request),
  };
};

/**
 * The HTTP client under every Azure client: a read has a timeout, is repeated up to three times, and waits where Resource
 * Manager would refuse it for its number; everything else goes out exactly once, or is refused here where it is too many. The clients above switch their own retries off.
 */
export const createHttpClient = (): Promise<HttpClient> =>
  create({ timeoutMs: 30_000, retries: 3, reads: READS, writes: WRITES });

/** The same for reads that come again within a minute: one that fails is not worth the time that it keeps others waiting. */
export const createHastyHttpClient = (): Promise<HttpClient> => create({ timeoutMs: 5_000, retries: 0 });
