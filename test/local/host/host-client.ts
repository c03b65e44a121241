export type ReadyMessage = {
  ready: true;
  port: number;
  workerPid: number;
  masterKey: string;
  functionKey: string;
  systemKeys: { eventgrid_extension: string; durabletask_extension: string };
};

/** What the tests read of JSON answers is checked by their expectations. */
export type Json = ReturnType<typeof JSON.parse>;
export type Answer = { status: number; headers: Headers; body: Json };

/** The host as its HTTP callers see it. */
export type HostClient = {
  base: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The Durable management API, with its key. */
  durable(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Starts an orchestration through the SDK's client; gives its id. */
  start(name: string, input?: unknown, id?: string): Promise<string>;
  raise(id: string, event: string, data: unknown): Promise<Answer>;
  status(id: string): Promise<Json>;
  /** Polls until the instance has ended, or what is asked for holds. */
  until(id: string, holds?: (status: Json) => boolean): Promise<Json>;
  run(name: string, input?: unknown): Promise<Json>;
  /** Calls a method of the SDK's durable client inside the app. */
  client(op: string, ...args: unknown[]): Promise<Json>;
};

const hasEnded = ({ runtimeStatus }: Json): boolean => ['Completed', 'Failed', 'Terminated'].includes(runtimeStatus);
const DEADLINE_MS = 30_000;

export function hostClient(ready: ReadyMessage, log: () => string): HostClient {
  const base = `http://localhost:${ready.port}`;
  const code = ready.systemKeys.durabletask_extension;
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    return toAnswer(await fetch(base + path, { method, headers, ...(text !== undefined && { body: text }) }));
  };
  const durable: HostClient['durable'] = (method, path, body) => {
    const separator = path.includes('?') ? '&' : '?';
    const url = `/runtime/webhooks/durabletask${path}${separator}code=${code}`;
    return send(method, url, body, { 'content-type': 'application/json' });
  };
  const status: HostClient['status'] = async (id) => (await durable('GET', `/instances/${id}`)).body;
  const until: HostClient['until'] = async (id, holds = hasEnded) => {
    for (const deadline = Date.now() + DEADLINE_MS; ; ) {
      const now = await status(id);
      if (now && holds(now)) return now;
      if (Date.now() > deadline) throw new Error(`${id} is still ${JSON.stringify(now)}\n${log()}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
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
    durable,
    start,
    raise: (id, event, data) => durable('POST', `/instances/${id}/raiseEvent/${event}`, JSON.stringify(data)),
    status,
    until,
    run: async (name, input) => until(await start(name, input)),
    client: async (op, ...args) => (await send('POST', '/api/client', { op, args })).body,
  };
}

async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parse(text) };
}

function parse(text: string): Json {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
