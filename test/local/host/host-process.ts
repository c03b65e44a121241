import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Clock, createClock } from '../../../local/clock/authority.ts';
import { temporaryFolder } from '../../builders/temporary-folder.ts';
import { cleanUpAfterAll } from '../../run/clean-up.ts';
import { sampleApp } from '../../run/ground.ts';
import { type HostClient, hostClient, type ReadyMessage } from './host-client.ts';

const HOST_PROGRAM = fileURLToPath(new URL('../../../local/host/main.ts', import.meta.url));

/** A schedule that disturbs no test. */
const NEW_YEAR = '0 0 0 1 1 *';

export type HostProcess = HostClient & {
  ready: ReadyMessage;
  state: string;
  clock: Clock;
  log(): string;
  /** Resolves when the process has ended, with its exit code or signal. */
  gone: Promise<number | string | null>;
  kill(signal?: NodeJS.Signals): Promise<void>;
};

export type HostSettings = {
  /** The host's own main when left out. */
  program?: string;
  app?: string;
  state?: string;
  env?: Record<string, string>;
  args?: string[];
};

export const newFolder = (): string => temporaryFolder('host-');

let shared: Clock | undefined;
cleanUpAfterAll(async () => {
  await shared?.close();
  shared = undefined;
});

/** The clock of all hosts of this file that are given none. */
const sharedClock = (): Clock => {
  shared ??= createClock();
  return shared;
};

/** Starts the host as a process of its own, on a virtual clock, and waits for its ready line. */
export async function startHostProcess(settings: HostSettings = {}, clock = sharedClock()): Promise<HostProcess> {
  const { program = HOST_PROGRAM, app = sampleApp(), state = newFolder(), env = {}, args = [] } = settings;
  const basic = ['--app', app, '--state', state, '--port', '0', '--json', '--quiet'];
  const child = clock.fork(program, [...basic, ...args], {
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
    ...hostClient(ready, () => log, clock),
    ready,
    state,
    clock,
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
