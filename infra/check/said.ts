import { spawn } from 'node:child_process';
import process from 'node:process';

type Where = { readonly cwd: string; readonly env: Readonly<Record<string, string>> };

/**
 * Runs a program in the environment of this process, with additions; returns its output, or rejects with it where the program
 * fails.
 */
export const said = (program: string, args: readonly string[], { cwd, env }: Where): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let words = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => (words += bytes.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(words);
      else reject(new Error(`${words}\n${program} ${args.join(' ')} ended with ${code}`));
    });
  });
