import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Log } from '../log.ts';
import type { FromWorker, FunctionInfo, InvocationRequest, InvocationResponse, ToWorker } from './protocol.ts';
import { FunctionThrew, WorkerDied } from './worker-errors.ts';

/** The seam between the host and whatever runs the app. */
export type Worker = {
  functions: FunctionInfo[];
  pid(): number | undefined;
  /** @throws FunctionThrew if the function threw, WorkerDied if nothing is known about it */
  invoke(request: InvocationRequest): Promise<InvocationResponse>;
  /** SIGKILL; a new process takes its place. */
  kill(): void;
  close(): Promise<void>;
};

export type WorkerOptions = {
  appFolder: string;
  env: Record<string, string>;
  log: Log;
  /** The worker dies whenever it starts: the host cannot go on. */
  onGivenUp(reason: Error): void;
};

type Call = { resolve(response: InvocationResponse): void; reject(reason: Error): void };

const PROGRAM = fileURLToPath(new URL('./main.ts', import.meta.url));
/** Azure, too, gives up after three failed starts in a row. */
const STARTS_BEFORE_GIVING_UP = 3;

/**
 * Runs the app in a child process, which is replaced at once when it dies: no back-off, since on a clock that stands
 * still nothing would end it.
 * @throws Error if the app cannot be loaded
 */
export async function openWorker(options: WorkerOptions): Promise<Worker> {
  const calls = new Map<string, Call>();
  let child: ChildProcess;
  let closing = false;
  let failedStarts = 0;

  const launch = async (): Promise<FunctionInfo[]> => {
    child = fork(PROGRAM, [options.appFolder], {
      serialization: 'advanced',
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    child.on('message', (message: FromWorker) => settle(calls, message, options.log));
    child.once('exit', (code, signal) => abandonCalls(calls, `the worker process ended (${signal ?? code})`));
    const functions = await untilReady(child);
    failedStarts = 0;
    child.once('exit', (code, signal) => {
      if (!closing) restart(`the worker process ended (${signal ?? code})`);
    });
    return functions;
  };

  const restart = (why: string): void => {
    options.log('warning', `${why}, starting another one`);
    ready = launch();
    ready.catch((error: Error) => {
      failedStarts++;
      if (closing) return;
      if (failedStarts < STARTS_BEFORE_GIVING_UP) restart(error.message);
      else options.onGivenUp(error);
    });
  };

  let ready = launch();
  const functions = await ready;
  return {
    functions,
    pid: () => child.pid,
    invoke: async (request) => {
      await ready.catch((error: Error) => {
        throw new WorkerDied(error.message);
      });
      return send(child, calls, request);
    },
    kill: () => void child.kill('SIGKILL'),
    close: async () => {
      closing = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

function untilReady(child: ChildProcess): Promise<FunctionInfo[]> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') resolve(message.functions);
      if (message.kind === 'failed') reject(new Error(`the app cannot be loaded: ${message.message}`));
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`the worker process ended while it loaded the app (${signal ?? code})`)),
    );
  });
}

function send(child: ChildProcess, calls: Map<string, Call>, request: InvocationRequest): Promise<InvocationResponse> {
  return new Promise((resolve, reject) => {
    calls.set(request.invocationId, { resolve, reject });
    // A worker that cannot be written to is dying: its end settles the call, when its successor has been started.
    child.send({ kind: 'invoke', request } satisfies ToWorker, (error) => {
      if (error) child.kill('SIGKILL');
    });
  });
}

function settle(calls: Map<string, Call>, message: FromWorker, log: Log): void {
  if (message.kind === 'log') log(message.level, message.message);
  if (message.kind !== 'returned' && message.kind !== 'threw') return;
  const call = calls.get(message.invocationId);
  calls.delete(message.invocationId);
  if (message.kind === 'returned') call?.resolve(message.response);
  else call?.reject(new FunctionThrew(message.message, message.stack));
}

function abandonCalls(calls: Map<string, Call>, reason: string): void {
  const abandoned = [...calls.values()];
  calls.clear();
  for (const call of abandoned) call.reject(new WorkerDied(reason));
}
