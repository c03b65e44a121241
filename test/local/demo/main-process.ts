import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

const root = path.join(import.meta.dirname, '../../..');

/** `npm start` without its build, in a session of its own. */
export type MainProcess = {
  readonly child: ChildProcess;
  output(): string;
  /** Resolves when the text has been printed; rejects when the process ended without it. */
  until(text: string): Promise<void>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
};

const started: MainProcess[] = [];

export const startMain = (args: readonly string[], env: Readonly<Record<string, string>> = {}): MainProcess => {
  const child = spawn(process.execPath, ['local/main.ts', ...args], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', npm_lifecycle_event: '', ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  const until = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (output.includes(text)) resolve();
      };
      child.stdout.on('data', look);
      child.once('close', () => reject(new Error(`It ended before it said '${text}':\n${output}`)));
      look();
    });
  const main = { child, output: () => output, until, ended };
  started.push(main);
  return main;
};

/** Ends the processes that a failed test has left. */
export const killAllMains = (): void => {
  for (const { child } of started.splice(0)) {
    for (const { pid } of processesOf(child)) process.kill(pid, 'SIGKILL');
  }
};

export type SessionProcess = { readonly pid: number; readonly command: string };

const readProcess = (pid: string): (SessionProcess & { session: number; state: string }) | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', , , session = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return { pid: Number(pid), session: Number(session), state, command };
  } catch {
    return undefined; // it ended meanwhile
  }
};

/** The processes of its session that live, itself among them. Linux only. */
export const processesOf = ({ pid }: ChildProcess): readonly SessionProcess[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(name) ?? [])
    .filter(({ session, state }) => session === pid && !'ZX'.includes(state));

/** Resolves when no process of its session lives any more. With a process that goes on, the test never ends. */
export const noSurvivor = async ({ child }: MainProcess): Promise<void> => {
  while (processesOf(child).length > 0) await setTimeout(20);
};
