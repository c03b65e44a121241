import type { AppFunction, AppFunctions } from '../app-functions.ts';
import type { Crew } from '../crew/crew.ts';
import type { Log } from '../log.ts';
import type { Mishap, Mishaps } from '../mishaps.ts';
import { routeOf } from './http-functions.ts';
import type { Incoming, Reply } from './http-server.ts';

export type Admin = {
  functions: AppFunctions;
  routePrefix: string;
  /** Starts a timer or Event Grid function by hand; null for a function of another kind. */
  starter(fn: AppFunction): ((input: string) => Promise<unknown>) | null;
  log: Log;
  mishaps: Mishaps;
  crew: Crew;
};

/** The admin API, for callers with the master key: functions and the state of the host. */
export async function adminApi(admin: Admin, request: Incoming): Promise<Reply> {
  const [, area, name] = request.url.pathname.split('/').filter(Boolean);
  if (area === 'host' && name === 'ping') return { status: 200 };
  if (area === 'host' && name === 'status') {
    return json({ id: 'local', state: 'Running', version: '4.1000.0', errors: [] });
  }
  if (area === 'mishaps') return mishapsNow(admin.mishaps, request);
  if (area === 'workers') return workersNow(admin.crew, request, Number(name));
  if (area !== 'functions') return { status: 404 };
  const { origin } = request.url;
  if (!name) return json([...admin.functions.values()].map((fn) => describe(fn, origin, admin.routePrefix)));
  const fn = admin.functions.get(name.toLowerCase());
  if (!fn) return { status: 404 };
  return request.method === 'POST' ? startManually(admin, fn, request) : json(describe(fn, origin, admin.routePrefix));
}

const json = (value: unknown, status = 200): Reply => ({
  status,
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json; charset=utf-8' },
});

/**
 * Only this host has this route; Azure's host does not. The control surface of the local cloud checks the content
 * before it calls it.
 */
function mishapsNow(mishaps: Mishaps, { method, body }: Incoming): Reply {
  if (method === 'POST') mishaps.add(JSON.parse(body.toString('utf8')) as Mishap);
  if (method === 'DELETE') mishaps.clear();
  return json({ mishaps: mishaps.list() });
}

/** Only this host has this route, too. A DELETE removes the worker with that number, as Azure removes a machine. */
function workersNow(crew: Crew, { method }: Incoming, number: number): Reply {
  const isUp = crew.up().some((member) => member.number === number);
  if (method === 'DELETE' && !isUp) return json({ Message: `no worker ${number} is up` }, 404);
  if (method === 'DELETE') crew.lose(number);
  return json({ workers: crew.up().map((member) => ({ number: member.number, pid: member.worker.pid() })) });
}

function describe(fn: AppFunction, origin: string, prefix: string): object {
  const bindings = Object.entries(fn.bindings).map(([name, binding]) => ({ ...binding, name }));
  const isHttp = fn.trigger.type === 'httpTrigger';
  return {
    name: fn.name,
    config: { name: fn.name, language: 'node', bindings },
    href: `${origin}/admin/functions/${fn.name}`,
    isDisabled: false,
    invoke_url_template: isHttp ? `${origin}/${routeOf(fn, prefix)}` : null,
  };
}

/** Answers 202 at once, whatever the result of the run, as the Functions host does. */
function startManually({ starter, log }: Admin, fn: AppFunction, { body }: Incoming): Reply {
  const start = starter(fn);
  if (!start)
    return json({ Message: `a function with a ${fn.trigger.type} cannot be started through the admin API here` }, 400);
  let input: unknown;
  try {
    input = (JSON.parse(body.toString('utf8') || '{}') as { input?: unknown }).input;
  } catch {
    return json({ Message: 'the body must be JSON: {"input": "..."}' }, 400);
  }
  const run = async (): Promise<unknown> => start(typeof input === 'string' ? input : JSON.stringify(input ?? ''));
  run().catch((error: Error) => log('error', `${fn.name}: ${error.message}`));
  return { status: 202 };
}
