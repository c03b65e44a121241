import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock } from './clock/clock.ts';

export type HostOptions = {
  readonly appFolder: string;
  readonly stateFolder: string;
  /** 0: any free port. */
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
};

export type RunningHost = {
  readonly port: number;
  readonly pid: number;
  readonly masterKey: string;
  readonly functionKey: string;
  readonly eventGridKey: string;
  /** Whether the process has ended, by itself or by a kill. */
  ended(): boolean;
  /** As `kill -9` does; resolves when it is gone. */
  kill(): Promise<void>;
};

type ReadyLine = {
  readonly port: number;
  readonly masterKey: string;
  readonly functionKey: string;
  readonly systemKeys: Readonly<Record<string, string>>;
};

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
    child.once('exit', (code, signal) =>
      reject(new Error(`The host ended (${signal ?? code}) before it was ready:\n${said.slice(-20).join('\n')}`)),
    );
  });

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const kill = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (ended(child)) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });

/** Starts the Functions host on the clock, as a process of its own. Rejects with what it said when it cannot start. */
export const startHostProcess = async (clock: Clock, options: HostOptions): Promise<RunningHost> => {
  const args = ['--app', options.appFolder, '--state', options.stateFolder, '--port', String(options.port), '--json'];
  const child = clock.fork(main, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...options.environment },
  });
  const { port, masterKey, functionKey, systemKeys } = await whenReady(child, options.log);
  return {
    port,
    pid: child.pid ?? 0,
    masterKey,
    functionKey,
    eventGridKey: systemKeys['eventgrid_extension'] ?? '',
    ended: () => ended(child),
    kill: () => kill(child),
  };
};
