import { EXIT } from '../../cli/failure.ts';
import { runGuardian } from '../../cli/run.ts';
import type { Booted } from '../../local/boot.ts';
import { shellWords } from '../../src/posture/shell-words.ts';

const nobody = async (): Promise<never> => {
  throw new Error('Nobody signs in here: the key of the app is enough for what a page asks.');
};

/** A terminal as wide as a screen, so that no id is broken. */
const COLUMNS = 400;

/**
 * Runs a command of `cmk-guardian` by the key of the app. Its answer may be that something is wrong; rejects with what it has said
 * where it was not understood or not answered.
 */
export const runGuardianAt = async ({ host, clock }: Booted, command: string): Promise<string> => {
  const [, ...words] = shellWords(command) ?? [];
  const [out, told]: [string[], string[]] = [[], []];
  const { port, functionKey } = host();
  const exit = await runGuardian(words, {
    environment: { GUARDIAN_URL: `http://127.0.0.1:${port}`, GUARDIAN_KEY: functionKey },
    out: (text) => void out.push(text),
    say: (text) => void told.push(text),
    columns: COLUMNS,
    signIn: nobody,
    send: nobody,
    now: clock.now,
    sleep: (ms) => clock.sleep(ms),
    stop: new AbortController().signal,
  });
  if (exit !== EXIT.well && exit !== EXIT.wrong) throw new Error(`${out.join('\n')}\n${told.join('\n')}`);
  return out.join('\n');
};
