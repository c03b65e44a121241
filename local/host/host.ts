import path from 'node:path';
import { type AppFunctions, findFunction, indexFunctions } from './app-functions.ts';
import { type Crew, type Member, openCrew } from './crew/crew.ts';
import { createTimerLock } from './crew/timer-lock.ts';
import { clientBinding, type Webhook } from './durable/api/management-urls.ts';
import { createDurableCrew } from './durable/durable-crew.ts';
import { type DurableFunctions, toJsonText } from './durable/invoke-durable.ts';
import { openJournal, readJournal } from './durable/journal.ts';
import { createTaskHub, type TaskHub } from './durable/task-hub.ts';
import { findEventGridFunction } from './event-grid-functions.ts';
import type { Faults } from './fault-injection.ts';
import { type HostJson, readHostJson } from './host-json.ts';
import type { Admin } from './http/admin-api.ts';
import { durableWebhook } from './http/durable-webhook.ts';
import { DURABLE_BASE, type FrontDoor, frontDoor } from './http/front-door.ts';
import { compileRoutes } from './http/http-functions.ts';
import { type Keys, loadKeys } from './http/keys.ts';
import { type Doors, openDoors } from './http/open-doors.ts';
import { createInvoker, type Invoke } from './invoker.ts';
import type { Log } from './log.ts';
import { losableIn } from './lost-in-function.ts';
import { createMishaps, type Mishaps } from './mishaps.ts';
import { startTimerFunctions, type TimerFunctions } from './timer-functions.ts';
import { openTimerStatuses } from './timers/timer-status.ts';
import { tellInvocations } from './told-invocations.ts';
import type { Worker, WorkerOptions } from './worker/open-worker.ts';
import { WorkerDied } from './worker/worker-errors.ts';

export type HostOptions = {
  appFolder: string;
  /** The port of HTTP; 0 for any free one. */
  port: number;
  /** The folder of keys, journal and timer statuses. One host per folder. */
  stateFolder: string;
  authDisabled: boolean;
  /** Whether the log shows every invocation, if host.json asks for it. */
  invocationsTold: boolean;
  /** The number of workers on the task hub. */
  workers: number;
  log: Log;
  faults: Faults;
  openWorker(options: WorkerOptions): Promise<Worker>;
  /** The worker dies at every start: the host cannot be used any more. */
  onGivenUp(reason: Error): void;
};

export type Host = {
  port: number;
  functions: AppFunctions;
  hostJson: HostJson;
  keys: Keys;
  /** Process ids of the workers that are up. */
  workerPids(): number[];
  /** Starts no new work, waits for running work, and ends the worker. */
  stop(): Promise<void>;
};

/** The text of Azure's host, whatever the reason; the host stays up. */
const NO_FUNCTIONS =
  'No job functions found. Try making your job classes and methods public. ' +
  "If you're using binding extensions (e.g. Azure Storage, ServiceBus, Timers, etc.) make sure you've called the " +
  'registration method for the extension(s) in your startup code (e.g. builder.AddAzureStorage(), ' +
  'builder.AddServiceBus(), builder.AddTimers(), etc.).';

/**
 * @throws Error if a file is wrong, the port is taken, the app cannot be loaded, or it needs a feature that is not
 * supported
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { appFolder, stateFolder, log, onGivenUp } = options;
  const hostJson = readHostJson(appFolder);
  for (const warning of hostJson.warnings) log('warning', warning);
  const keys = loadKeys(path.join(stateFolder, 'keys.json'));
  const doors = await openDoors(options.port);
  // Without WEBSITE_HOSTNAME durable-functions rewrites all management links to port 7071.
  const env = { WEBSITE_HOSTNAME: `localhost:${doors.port}` };
  const open = (): Promise<Worker> => options.openWorker({ appFolder, log, env, onGivenUp });
  const crew = await openCrew({ open, size: options.workers, log });
  const parts = assemble(options, { hostJson, keys, doors, crew });
  letIn(doors, options, parts);
  parts.hub.recover();
  return {
    port: doors.port,
    functions: parts.functions,
    hostJson,
    keys,
    workerPids: () => crew.up().flatMap(({ worker }) => worker.pid() ?? []),
    stop: async () => {
      parts.timers.stop();
      await doors.closeFront();
      await parts.hub.drain();
      await crew.close();
      await doors.closeRpc();
    },
  };
}

type Ground = { hostJson: HostJson; keys: Keys; doors: Doors; crew: Crew };

type Parts = {
  hostJson: HostJson;
  keys: Keys;
  functions: AppFunctions;
  crew: Crew;
  invoke: Invoke;
  hub: TaskHub;
  timers: TimerFunctions;
  mishaps: Mishaps;
  webhook: Webhook;
};

function assemble(options: HostOptions, { hostJson, keys, doors, crew }: Ground): Parts {
  const functions = indexFunctions(crew.up()[0]?.worker.functions ?? []);
  if (functions.size === 0) options.log('warning', NO_FUNCTIONS);
  const code = keys.systemKeys.durabletask_extension;
  const webhook = { origin: `http://localhost:${doors.port}`, taskHub: hostJson.hubName, code };
  const isTold = options.invocationsTold && hostJson.logsInvocations;
  const invokerOf = ({ worker }: Member): Invoke => {
    const silent = createInvoker(worker, clientBinding(webhook, doors.rpcBaseUrl), hostJson.functionTimeoutMs);
    return isTold ? tellInvocations(silent, options.log) : silent;
  };
  const mishaps = createMishaps();
  const hub = openHub(options, hostJson, crew, {
    mishaps,
    functionsOf: (one) => durableFunctions(functions, invokerOf(one)),
  });
  const statuses = openTimerStatuses(path.join(options.stateFolder, 'timers.json'));
  const lock = createTimerLock(crew);
  const listener = async (): Promise<Invoke> => invokerOf(await lock.holder());
  const timers = startTimerFunctions(functions, listener, statuses, options.log, mishaps);
  return { hostJson, keys, functions, crew, invoke: inTurn(crew, invokerOf), hub, timers, mishaps, webhook };
}

/**
 * HTTP and Event Grid requests go to one worker after the other: Azure's load balancer does not know how busy each one
 * is.
 */
function inTurn(crew: Crew, invokerOf: (member: Member) => Invoke): Invoke {
  let calls = 0;
  return async (...call) => {
    const up = crew.up();
    const member = up[calls++ % up.length];
    if (!member) throw new WorkerDied('no worker is up');
    return invokerOf(member)(...call);
  };
}

const durableFunctions = (functions: AppFunctions, invoke: Invoke): DurableFunctions => ({
  has: (trigger, name) => findFunction(functions, trigger, name) !== null,
  invoke: async (trigger, name, data, metadata) => {
    const fn = findFunction(functions, trigger, name);
    if (!fn) throw new Error(`there is no function '${name}' with an ${trigger}`);
    return toJsonText((await invoke(fn, data, metadata)).returnValue);
  },
});

function openHub(
  { stateFolder, faults, log }: HostOptions,
  hostJson: HostJson,
  crew: Crew,
  { functionsOf, mishaps }: { functionsOf(member: Member): DurableFunctions; mishaps: Mishaps },
): TaskHub {
  const file = path.join(stateFolder, `${hostJson.hubName}.jsonl`);
  const instances = readJournal(file);
  const mortal = (member: Member): DurableFunctions =>
    faults.around(
      losableIn(functionsOf(member), mishaps, () => crew.lose(member.number)),
      member.worker.kill,
    );
  return createTaskHub({
    instances,
    journal: openJournal(file, instances, faults.afterJournalLine),
    crew: createDurableCrew(crew, mortal, hostJson),
    visibility: hostJson.visibility,
    log,
    mishaps,
  });
}

function letIn(doors: Doors, { authDisabled, log }: HostOptions, parts: Parts): void {
  const { hostJson, keys, functions, crew, invoke, hub, timers, mishaps, webhook } = parts;
  const findEventGrid = (name: string) => findEventGridFunction(functions, invoke, log, name);
  const admin: Admin = {
    functions,
    routePrefix: hostJson.routePrefix,
    log,
    mishaps,
    crew,
    starter: (fn) => {
      if (fn.trigger.type === 'timerTrigger') return () => timers.runNow(fn);
      const eventGrid = findEventGrid(fn.name);
      return eventGrid && ((input) => eventGrid.run(JSON.parse(input)));
    },
  };
  const door: FrontDoor = {
    keys,
    authDisabled,
    routes: compileRoutes(functions, hostJson.routePrefix),
    invoke,
    admin,
    findEventGridFunction: findEventGrid,
    durable: (request) => durableWebhook(hub, webhook, DURABLE_BASE, request),
  };
  doors.open(
    (request) => frontDoor(door, request),
    (request) => durableWebhook(hub, webhook, '/durabletask', request),
  );
}
