import { Writable } from 'node:stream';
import { EXIT } from '../../cli/failure.ts';
import { runGuardian } from '../../cli/run.ts';
import type { Surroundings } from '../../cli/surroundings.ts';
import type { App } from '../builders/open-app.ts';
import { signedIn } from '../builders/people.ts';

export { EXIT };

/** The output of a command, and its exit code. */
export type Ran = { readonly exit: number; readonly out: string; readonly said: string };

/** No app answers there, there is no terminal, and time stands still unless the test says otherwise. */
export const surroundingsOf = (around: Partial<Surroundings>): Surroundings => ({
  environment: {},
  out: () => {},
  say: () => {},
  columns: 80,
  signIn: async () => {
    throw new Error('Nobody signs in here');
  },
  send: async () => {
    throw new Error('Nobody asks Azure here');
  },
  now: () => 0,
  sleep: async () => {},
  stop: new AbortController().signal,
  ...around,
});

/** Runs a command in these surroundings. */
export const runIn = async (words: readonly string[], around: Partial<Surroundings> = {}): Promise<Ran> => {
  const out: string[] = [];
  const said: string[] = [];
  const heard = { out: (text: string) => void out.push(text), say: (text: string) => void said.push(text) };
  const exit = await runGuardian(words, surroundingsOf({ ...heard, ...around }));
  return { exit, out: out.join('\n'), said: said.join('\n') };
};

/** A terminal that keeps its output. */
export const aTerminal = () => {
  const drawn: string[] = [];
  const terminal = Object.assign(
    new Writable({ write: (chunk, _encoding, done) => done(void drawn.push(String(chunk))) }),
    { isTTY: true, cursorTo: () => true, clearLine: () => void drawn.push('cleared') },
  ) as unknown as NodeJS.WriteStream;
  return { drawn, terminal };
};

/** The URL of a story's app, for a command. */
export const urlOf = (app: App): string => `http://127.0.0.1:${app.host().port}`;

/** Runs a command by the app's function key, or by the token of a person who has just signed in. */
export const runAt =
  (app: App) =>
  async (words: readonly string[], by: 'key' | string = 'key', around: Partial<Surroundings> = {}): Promise<Ran> => {
    const proof =
      by === 'key'
        ? { GUARDIAN_KEY: app.host().functionKey }
        : { GUARDIAN_TOKEN: (await signedIn(app, by))['authorization']?.replace('Bearer ', '') };
    return runIn(words, { environment: { GUARDIAN_URL: urlOf(app), ...proof }, now: app.clock.now, ...around });
  };
