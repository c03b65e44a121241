import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock } from './clock/clock.ts';

export type HostOptions = {
  readonly appFolder: string;
  readonly stateFolder: string;
  /** 0: any free port. */
  readonly port: number;
  /** The complete environment: the host inherits no variable of this process. */
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly log: (line: string) => void;
  /** Workers on its task hub; one when left out. */
  readonly workers?: number;
  /** Further arguments of its command line. */
  readonly words?: readonly string[];
};

export type RunningHost = {
  readonly port: number;
  readonly pid: number;
  readonly masterKey: string;
  readonly functionKey: string;
  readonly eventGridKey: string;
  readonly systemKeys: Readonly<Record<string, string>>;
  /** Whether the process has ended, by itself or by a kill. */
  ended(): boolean;
  /** Resolves with its exit code or signal when it has. */
  readonly gone: Promise<number | string>;
  /** Kills the host as `kill -9` does; resolves when it is gone. */
  kill(): Promise<void>;
};

/** The URL at which Event Grid delivers to a function of the app, as in Azure. */
export const webhookUrl = ({ port, eventGridKey }: RunningHost, functionName: string): string =>
  `http://127.0.0.1:${port}/runtime/webhooks/eventgrid?functionName=${functionName}&code=${eventGridKey}`;

type ReadyLine = {
  readonly port: number;
  readonly masterKey: string;
  readonly functionKey: string;
  readonly systemKeys: Readonly<Record<string, string>>;
};

/** Lines of output that are kept of a host that does not start: more than a message that names every setting. */
const LAST_LINES = 100;

const main = path.join(import.meta.dirname, 'host', 'main.ts');

const whenReady = (child: ChildProcess, log: (line: string) => void): Promise<ReadyLine> =>
  new Promise((resolve, reject) => {
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        if (line.startsWith('{"ready"')) return resolve(JSON.parse(line) as ReadyLine);
        said.push(line);
        log(line);
      });
    }
    // Its last output can be read only after it has ended.
    child.once('close', (code, signal) =>
      reject(
        new Error(`The host ended (${signal ?? code}) before it was ready:\n${said.slice(-LAST_LINES).join('\n')}`),
      ),
    );
  });

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const kill = async (child: ChildProcess, gone: Promise<unknown>): Promise<void> => {
  child.kill('SIGKILL');
  await gone;
};

/** Starts the Functions host on the clock, as a process of its own. Rejects with the output of the host when it cannot start. */
export const startHostProcess = async (clock: Clock, options: HostOptions): Promise<RunningHost> => {
  const { appFolder, stateFolder, port, workers = 1, words = [] } = options;
  // The caller gives the settings: a local.settings.json in the app's folder is for Core Tools.
  const settings = ['--settings', path.join(stateFolder, 'local.settings.json')];
  const numbers = ['--port', String(port), '--workers', String(workers)];
  const args = ['--app', appFolder, '--state', stateFolder, ...numbers, '--json', ...settings, ...words];
  const child = clock.fork(main, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...options.environment },
  });
  const gone = new Promise<number | string>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? code ?? 'no code')),
  );
  const ready = await whenReady(child, options.log);
  return {
    port: ready.port,
    pid: child.pid ?? 0,
    masterKey: ready.masterKey,
    functionKey: ready.functionKey,
    systemKeys: ready.systemKeys,
    eventGridKey: ready.systemKeys['eventgrid_extension'] ?? '',
    ended: () => ended(child),
    gone,
    kill: () => kill(child, gone),
  };
};
