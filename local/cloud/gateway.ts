import { randomUUID } from 'node:crypto';
import type http from 'node:http';
import { setTimeout as elapse } from 'node:timers/promises';
import type { Clock } from '../clock/clock.ts';
import type { Fault, Faults } from './faults.ts';
import { type Incoming, readIncoming } from './incoming.ts';
import { paced } from './paced.ts';
import type { ExchangeIds, Plane, Prepared } from './plane.ts';
import type { RequestLog } from './request-log.ts';
import type { Answer } from './service.ts';
import { spoil } from './spoil.ts';

export type Gateway = {
  clock: Clock;
  seed(): number;
  faults: Faults;
  requests: RequestLog;
  planeOf(incoming: Incoming): Plane;
  /** How long this host takes to answer. */
  answerMilliseconds(host: string): number;
  /** How much of the wall's time its answer takes at least. */
  wallMilliseconds(host: string): number;
};

/** Serves one request: finds its route and caller, draws a fault, carries it out, logs it, answers. */
export const createGateway =
  (gateway: Gateway): http.RequestListener =>
  async (request, response) => {
    const started = performance.now();
    const incoming = await readIncoming(request).catch(() => undefined);
    if (!incoming) return void request.socket.destroy();
    const ids = exchangeIds(incoming);
    const prepared = await gateway.planeOf(incoming).prepare(incoming, ids);
    const url = originOf(incoming) + incoming.path;
    const injected = gateway.faults.strike(gateway.seed(), {
      name: prepared.name,
      line: `${incoming.method} ${url}`,
      caller: prepared.caller?.name,
      objectId: prepared.caller?.objectId,
    });
    const fault = injected ?? (prepared.fault && { kind: prepared.fault });
    const work = () => outcome(prepared, fault, incoming.host);
    const wallMs = gateway.wallMilliseconds(incoming.host);
    const due = elapsed(wallMs);
    const answer = await (prepared.relayed ? gateway.clock.parkWhile(request, work) : work());
    gateway.requests.add({
      ...describe(incoming, prepared, ids),
      at: new Date(gateway.clock.now()).toISOString(),
      ms: Math.round((performance.now() - started) * 10) / 10,
      ...(wallMs > 0 ? { kept: { from: started, until: started + wallMs } } : {}),
      status: answer?.status ?? 0,
      ...(fault ? { fault: fault.kind } : {}),
    });
    const ms = gateway.answerMilliseconds(incoming.host);
    if (answer && ms > 0) await gateway.clock.park(ms, request);
    await due;
    if (answer) return write(response, paced(answer, request, gateway.clock.pace()), ids, gateway.clock.now());
    if (fault?.kind === 'timeout') await gateway.clock.park(Number.POSITIVE_INFINITY, request);
    request.socket.destroy();
  };

/** The request is not parked meanwhile, so that the clock stands still. */
const elapsed = async (ms: number): Promise<void> => {
  if (ms > 0) await elapse(ms);
};

type Struck = Omit<Fault, 'route' | 'rate'>;

/** Undefined when the client gets no answer. */
const outcome = async (prepared: Prepared, fault: Struck | undefined, host: string): Promise<Answer | undefined> => {
  if (!fault) return prepared.run();
  if (fault.kind === 'reset-after') await prepared.run();
  if (fault.kind === 'spoilt') {
    const answer = await prepared.run();
    return { ...answer, body: spoil(answer.body, fault) };
  }
  return fault.kind === '403' ? { status: 403, body: { error: refusal(host) } } : faultAnswer(fault);
};

/** The refusal that either plane gives to a caller without a role. */
const refusal = (host: string) =>
  host.endsWith('.vault.azure.net')
    ? {
        code: 'Forbidden',
        message: 'Caller is not authorized to perform action on resource.',
        innererror: { code: 'ForbiddenByRbac' },
      }
    : { code: 'AuthorizationFailed', message: 'The client does not have authorization to perform the action.' };

const faultAnswer = ({ kind, retryAfter, ...own }: Struck): Answer | undefined => {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  const error = (status: number, code: string, message: string) => ({
    status,
    headers,
    body: { error: { code, message } },
  });
  if (kind === 'answer') {
    const { status = 400, code = 'BadRequest', message = '', inner } = own;
    if ('body' in own) return { status, headers, body: own.body };
    const innererror = inner === undefined ? {} : { innererror: { code: inner } };
    return { status, headers, body: { error: { code, message, ...innererror } } };
  }
  if (kind === '429')
    return error(429, 'TooManyRequests', 'The request is being throttled as the limit has been reached.');
  if (kind === '500') return error(500, 'InternalServerError', 'Encountered internal server error.');
  if (kind === '503') return error(503, 'ServerTimeout', 'The service is unavailable. Please try again.');
  return undefined;
};

const exchangeIds = ({ headers }: Incoming): ExchangeIds => {
  const requestId = randomUUID();
  return { requestId, correlationId: headers['x-ms-correlation-request-id'] ?? requestId };
};

/** Azure is reached over TLS, the managed-identity endpoint without. */
const originOf = ({ host }: Incoming): string => `${host === '127.0.0.1' ? 'http' : 'https'}://${host}`;

const describe = (incoming: Incoming, prepared: Prepared, ids: ExchangeIds) => {
  const { method, path, query } = incoming;
  const { caller, name: route, mutating } = prepared;
  return {
    method,
    url: `${originOf(incoming)}${path}${query.size > 0 ? `?${query}` : ''}`,
    route,
    mutating,
    ...ids,
    ...(caller ? { caller: caller.name, objectId: caller.objectId } : {}),
  };
};

const write = (response: http.ServerResponse, answer: Answer, ids: ExchangeIds, now: number): void => {
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  const bytes = answer.bytes ?? Buffer.from(text);
  response.writeHead(answer.status, {
    ...(text ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    'content-length': bytes.byteLength,
    date: new Date(now).toUTCString(),
    'x-ms-request-id': ids.requestId,
    ...answer.headers,
  });
  response.end(bytes);
};
