import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../../../local/clock/authority.ts';

export type ReadyMessage = {
  ready: true;
  port: number;
  workerPids: number[];
  masterKey: string;
  functionKey: string;
  systemKeys: { eventgrid_extension: string; durabletask_extension: string };
};

/** JSON answers have no type here: the expectations of the tests check them. */
export type Json = ReturnType<typeof JSON.parse>;
export type Answer = { status: number; headers: Headers; body: Json };

/** The host as its HTTP callers see it. A call lets time pass until it is answered; `status` and `history` take none. */
export type HostClient = {
  base: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** DELETE */
  take(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** The Durable management API, with its key. */
  durable(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Starts an orchestration through the SDK's client; gives its id. */
  start(name: string, input?: unknown, id?: string): Promise<string>;
  raise(id: string, event: string, data: unknown): Promise<Answer>;
  status(id: string): Promise<Json>;
  /** The history events of the instance so far. */
  history(id: string): Promise<Json[]>;
  /** Lets time pass until the instance has ended, or the condition holds. */
  until(id: string, holds?: (status: Json) => boolean): Promise<Json>;
  run(name: string, input?: unknown): Promise<Json>;
  /** Calls a method of the SDK's durable client inside the app. */
  client(op: string, ...args: unknown[]): Promise<Json>;
};

const hasEnded = ({ runtimeStatus }: Json): boolean => ['Completed', 'Failed', 'Terminated'].includes(runtimeStatus);
/** Longer than the longest wait of a story. */
const PATIENCE_MS = 30 * 86_400_000;

export function hostClient(ready: ReadyMessage, log: () => string, clock: Clock): HostClient {
  const base = `http://localhost:${ready.port}`;
  const code = ready.systemKeys.durabletask_extension;
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const where = { host: '127.0.0.1', port: ready.port, path, method, agent: clock.agent };
      const named = { host: `localhost:${ready.port}`, ...headers };
      const request = http.request(
        { ...where, headers: named },
        (response) => void toAnswer(response).then(resolve, reject),
      );
      request.on('error', reject);
      request.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
    });
  const send: typeof ask = async (...request) => {
    let isAnswered = false;
    const answer = ask(...request).finally(() => {
      isAnswered = true;
    });
    answer.catch(() => undefined);
    await clock.advance(PATIENCE_MS, () => isAnswered);
    return answer;
  };
  const management = (path: string): string =>
    `/runtime/webhooks/durabletask${path}${path.includes('?') ? '&' : '?'}code=${code}`;
  const durable: HostClient['durable'] = (method, path, body) =>
    send(method, management(path), body, { 'content-type': 'application/json' });
  const status: HostClient['status'] = async (id) => (await ask('GET', management(`/instances/${id}`))).body;
  const history: HostClient['history'] = async (id) =>
    (await ask('GET', management(`/instances/${id}?showHistory=true`))).body.historyEvents;
  const until: HostClient['until'] = async (id, holds = hasEnded) => {
    let now = await status(id);
    const isSo = async (): Promise<boolean> => {
      now = await status(id);
      return now !== undefined && holds(now);
    };
    if (await clock.advance(PATIENCE_MS, isSo)) return now;
    throw new Error(`${id} is still ${JSON.stringify(now)}\n${log()}`);
  };
  const start: HostClient['start'] = async (name, input, id) => {
    const path = id === undefined ? `/api/start/${name}` : `/api/start/${name}/${id}`;
    const answer = await send('POST', path, input === undefined ? undefined : JSON.stringify(input));
    if (answer.status !== 202) throw new Error(`start ${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  };
  return {
    base,
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body, headers) => send('POST', path, body, headers),
    take: (path, headers) => send('DELETE', path, undefined, headers),
    durable,
    start,
    raise: (id, event, data) => durable('POST', `/instances/${id}/raiseEvent/${event}`, JSON.stringify(data)),
    status,
    history,
    until,
    run: async (name, input) => until(await start(name, input)),
    client: async (op, ...args) => (await send('POST', '/api/client', { op, args })).body,
  };
}

async function toAnswer(response: http.IncomingMessage): Promise<Answer> {
  const headers = new Headers();
  for (const [name, values] of Object.entries(response.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  return { status: response.statusCode ?? 0, headers, body: parse((await buffer(response)).toString()) };
}

function parse(text: string): Json {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
