import type { HttpClient, PipelineRequest, RetryStrategy, SendRequest } from '@azure/core-rest-pipeline';
import { countThrottled } from '../../telemetry/measures.ts';
import { tracedCall } from '../../telemetry/trace.ts';
import { type Agents, openAgents } from './connections.ts';
import { fewAtOnce } from './few-at-once.ts';
import { hostKind } from './host-kind.ts';
import { openPatience, type Patience } from './patience.ts';
import { orRefusedInEach, patientlyInEach, type Ration } from './ration.ts';
import { READS, WRITES } from './rations.ts';
import { isCurable, retryDelay } from './retry-delay.ts';
import { type Share, wholeShare } from './share.ts';

const QUERY = /^\/providers\/microsoft\.resourcegraph\/resources$/i;

const strategyOf = ({ isSpent }: Patience): RetryStrategy => ({
  name: 'readRetry',
  retry: ({ retryCount, response, responseError }) => {
    const url = response?.request.url ?? responseError?.request?.url;
    if (url !== undefined && isSpent(url)) return { skipStrategy: true };
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
});

/** Is told, for each read, whether Azure answered it in the end, after the last retry. */
const noting =
  (send: SendRequest, { note }: Patience): SendRequest =>
  async (request) => {
    try {
      const response = await send(request);
      note(request.url, !isCurable(response.status));
      return response;
    } catch (error) {
      if (!request.abortSignal?.aborted) note(request.url, false);
      throw error;
    }
  };

/** A query of Resource Graph is a read too, although it is sent as a POST. */
const isRead = ({ method, url }: PipelineRequest): boolean =>
  method === 'GET' || (method === 'POST' && QUERY.test(new URL(url).pathname));

/**
 * The facts of a call's span: never its query, which may be a secret, and of headers and body only Azure's own request
 * id.
 */
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

/**
 * `reads`: how many requests for reading this product may send to Resource Manager. `share`: which part of that this
 * worker may send.
 */
export type Allowance = { readonly reads: Ration; readonly share: Share };

const ALONE: Allowance = { reads: READS, share: wholeShare() };

/** `restrain`: a function that delays requests. The timeout of a request begins after the delay. */
type Means = {
  readonly timeoutMs: number;
  readonly retries: number;
  readonly allowance?: Allowance;
  readonly agents: Agents;
  readonly restrain?: (send: SendRequest) => SendRequest;
};

const create = async ({
  timeoutMs,
  retries,
  allowance,
  agents,
  restrain = (send) => send,
}: Means): Promise<HttpClient> => {
  const { createDefaultHttpClient, RestError, retryPolicy } = await import('@azure/core-rest-pipeline');
  const client = createDefaultHttpClient();
  const sendByAgent: SendRequest = (request) => {
    const agent = agents(request);
    if (agent) request.agent = agent;
    return client.sendRequest(request);
  };
  const wire = { sendRequest: restrain(asSpan(sendByAgent)) };
  const patience = openPatience();
  const retry = retryPolicy([strategyOf(patience)], { maxRetries: retries });
  const read: SendRequest = async (request) => {
    request.timeout ||= timeoutMs;
    return wire.sendRequest(request).catch((error: unknown) => {
      const timedOut = error instanceof Error && error.name === 'AbortError' && !request.abortSignal?.aborted;
      throw timedOut ? new RestError(`no answer within ${request.timeout} ms`, { code: 'ETIMEDOUT', request }) : error;
    });
  };
  const inTurn = allowance ? patientlyInEach(read, allowance.reads, allowance.share) : read;
  const write: SendRequest = (request) => wire.sendRequest(request);
  const bounded = allowance ? await orRefusedInEach(write, WRITES, allowance.share) : write;
  const repeated = noting((request) => retry.sendRequest(request, inTurn), patience);
  return {
    sendRequest: (request: PipelineRequest) => (isRead(request) ? repeated(request) : bounded(request)),
  };
};

/**
 * The HTTP client of every Azure client. A read has a timeout, is repeated up to three times, and waits where Resource
 * Manager would throttle it. Every other request is sent exactly once, or refused here where there are too many. The
 * retries of the SDK clients are off.
 */
export const createHttpClient = (allowance: Allowance = ALONE, agents: Agents = openAgents()): Promise<HttpClient> =>
  create({ timeoutMs: 30_000, retries: 3, allowance, agents });

/**
 * A client for reads that run again within a minute: a failed read is not retried, since the other reads would wait for
 * it. Few of them are sent at the same moment.
 */
export const createHastyHttpClient = (agents: Agents = openAgents()): Promise<HttpClient> =>
  create({ timeoutMs: 5_000, retries: 0, agents, restrain: fewAtOnce });
