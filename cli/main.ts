#!/usr/bin/env node
/** `cmk-guardian --help`: asks a CMK Guardian for faults, and answers its questions. */
import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { setTimeout } from 'node:timers/promises';
import { sendByFetch } from '../infra/sign-in/graph.ts';
import { runGuardian } from './run.ts';
import { signInBy } from './sign-in/ways.ts';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const ask = async (question: string): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await terminal.question(`${question} (y/N) `)).trim());
  } finally {
    terminal.close();
  }
};

const columnsOf = (): number | undefined => Number(process.env['COLUMNS']) || process.stdout.columns || undefined;

const stop = new AbortController();
process.once('SIGINT', () => {
  stop.abort();
  // A second Ctrl-C ends the process without waiting for running requests.
  process.once('SIGINT', () => process.exit(130));
});
// A reader such as `head` closes the pipe early, which is no error.
process.stdout.on('error', () => process.exit(0));

const columns = columnsOf();
process.exitCode = await runGuardian(process.argv.slice(2), {
  environment: process.env,
  out: (text) => void process.stdout.write(`${text}\n`),
  say,
  columns,
  ...(process.stderr.isTTY && { progress: process.stderr }),
  ...(process.stdin.isTTY && { ask }),
  signIn: signInBy(say),
  send: sendByFetch,
  now: Date.now,
  sleep: (ms) => setTimeout(ms, undefined, { signal: stop.signal }).catch(() => undefined),
  stop: stop.signal,
});
