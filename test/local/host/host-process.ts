import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../builders/temporary-folder.ts';
import { type HostClient, hostClient, type ReadyMessage } from './host-client.ts';

export const SAMPLE_APP = fileURLToPath(new URL('./sample-app', import.meta.url));
const HOST_PROGRAM = fileURLToPath(new URL('../../../local/host/main.ts', import.meta.url));

/** A schedule that disturbs no test. */
const NEW_YEAR = '0 0 0 1 1 *';

export type HostProcess = HostClient & {
  ready: ReadyMessage;
  state: string;
  log(): string;
  /** Resolves when the process has ended, with its exit code or signal. */
  gone: Promise<number | string | null>;
  kill(signal?: NodeJS.Signals): Promise<void>;
};

export type HostSettings = { app?: string; state?: string; env?: Record<string, string>; args?: string[] };
type Fork = (program: string, args: string[], options: ForkOptions) => ChildProcess;

export const newFolder = (): string => temporaryFolder('host-');

/**
 * Starts the host as a process of its own and waits for its ready line.
 * @param forkProcess `clock.fork` to start it on a virtual clock
 */
export async function startHostProcess(settings: HostSettings = {}, forkProcess: Fork = fork): Promise<HostProcess> {
  const { app = SAMPLE_APP, state = newFolder(), env = {}, args = [] } = settings;
  const basic = ['--app', app, '--state', state, '--port', '0', '--json', '--quiet'];
  const child = forkProcess(HOST_PROGRAM, [...basic, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, TICK_SCHEDULE: NEW_YEAR, ...env },
  });
  let log = '';
  child.stderr?.on('data', (data) => {
    log += data;
  });
  const gone = new Promise<number | string | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal)),
  );
  const ready = await readyMessage(child, gone, () => log);
  return {
    ...hostClient(ready, () => log),
    ready,
    state,
    log: () => log,
    gone,
    kill: async (signal = 'SIGKILL') => {
      child.kill(signal);
      await gone;
    },
  };
}

async function readyMessage(child: ChildProcess, gone: Promise<unknown>, log: () => string): Promise<ReadyMessage> {
  let output = '';
  const line = new Promise<ReadyMessage>((resolve) => {
    child.stdout?.on('data', (data) => {
      output += data;
      if (output.includes('\n')) resolve(JSON.parse(output));
    });
  });
  const failure = gone.then((code) => {
    throw new Error(`the host ended (${code}) before it was ready: ${log()}`);
  });
  return Promise.race([line, failure]);
}
