import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Log } from '../log.ts';
import { abandonCalls, type Calls, settleCall } from './calls.ts';
import type { FromWorker, FunctionInfo, InvocationRequest, InvocationResponse, ToWorker } from './protocol.ts';
import { WorkerDied } from './worker-errors.ts';

/** The host's side of the process that runs the app. */
export type Worker = {
  functions: FunctionInfo[];
  pid(): number | undefined;
  /** @throws FunctionThrew if the function threw, WorkerDied if its result is unknown */
  invoke(request: InvocationRequest): Promise<InvocationResponse>;
  /** SIGKILL; a new process replaces the worker. */
  kill(): void;
  /** SIGKILL without a replacement. */
  lose(): void;
  close(): Promise<void>;
};

export type WorkerOptions = {
  appFolder: string;
  env: Record<string, string>;
  log: Log;
  /** The worker dies at every start: the host cannot go on. */
  onGivenUp(reason: Error): void;
};

type State = {
  options: WorkerOptions;
  calls: Calls;
  child: ChildProcess;
  /** Resolves when `child` has loaded the app. */
  ready: Promise<FunctionInfo[]>;
  closing: boolean;
  failedStarts: number;
};

/** `WORKER_PROGRAM` of the environment is the same as JavaScript, where the worker's memory is measured. */
const PROGRAM = process.env['WORKER_PROGRAM'] ?? fileURLToPath(new URL('./main.ts', import.meta.url));
/** Azure, too, gives up after three failed starts in a row. */
const STARTS_BEFORE_GIVING_UP = 3;

/**
 * Runs the app in a child process, which is replaced at once when it dies. There is no back-off, because a wait would
 * never end on a clock that stands still.
 * @throws Error if the app cannot be loaded
 */
export async function openWorker(options: WorkerOptions): Promise<Worker> {
  const calls: Calls = new Map();
  const state: State = { options, calls, ...launch(options, calls), closing: false, failedStarts: 0 };
  const functions = await state.ready;
  watch(state);
  return {
    functions,
    pid: () => state.child.pid,
    invoke: (request) => invoke(state, request),
    kill: () => {
      state.child.kill('SIGKILL');
    },
    lose: () => {
      state.closing = true;
      state.child.kill('SIGKILL');
    },
    close: () => close(state),
  };
}

function launch(options: WorkerOptions, calls: Calls): Pick<State, 'child' | 'ready'> {
  const child = fork(PROGRAM, [options.appFolder], {
    serialization: 'advanced',
    env: { ...process.env, ...options.env },
    // The host's stdout belongs to the program that started the host.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  child.on('message', (message: FromWorker) => {
    if (message.kind === 'log') options.log(message.level, message.message);
    else settleCall(calls, message);
  });
  child.once('exit', (code, signal) => abandonCalls(calls, `the worker process ended (${signal ?? code})`));
  return { child, ready: untilReady(child) };
}

function untilReady(child: ChildProcess): Promise<FunctionInfo[]> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') resolve(message.functions);
      if (message.kind === 'failed') reject(new Error(`the app cannot be loaded: ${message.message}`));
    });
    child.on('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`the worker process ended while it loaded the app (${signal ?? code})`));
    });
  });
}

/** Replaces the worker when it ends, in the same turn of the event loop, so that no call can reach the dead process. */
function watch(state: State): void {
  state.child.once('exit', (code, signal) => {
    if (state.closing) return;
    const { log, onGivenUp } = state.options;
    log('warning', `the worker process ended (${signal ?? code}), starting another one`);
    Object.assign(state, launch(state.options, state.calls));
    watch(state);
    state.ready.then(
      () => {
        state.failedStarts = 0;
      },
      (error: Error) => {
        state.failedStarts++;
        if (state.failedStarts >= STARTS_BEFORE_GIVING_UP && !state.closing) onGivenUp(error);
      },
    );
  });
}

async function invoke(state: State, request: InvocationRequest): Promise<InvocationResponse> {
  await state.ready.catch((error: Error) => {
    throw new WorkerDied(error.message);
  });
  const { calls, child } = state;
  return new Promise((resolve, reject) => {
    calls.set(request.invocationId, { resolve, reject });
    // A worker that cannot be written to is dying: its exit settles the call, when its replacement has started.
    child.send({ kind: 'invoke', request } satisfies ToWorker, (error) => {
      if (error) child.kill('SIGKILL');
    });
  });
}

async function close(state: State): Promise<void> {
  const { child } = state;
  state.closing = true;
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.connected) child.disconnect();
  await gone;
}
