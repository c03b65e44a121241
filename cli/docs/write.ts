/** `npm run command-line` writes docs/command-line.md from the commands themselves; a test asks for the page to be what this writes. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { programFor } from '../program.ts';
import { pageOf } from './page.ts';

const nobody = async (): Promise<never> => {
  throw new Error('Nobody is asked for a page.');
};

/** The page as it has to be. */
export const commandLinePage = (): string =>
  pageOf(
    programFor({
      ended: () => {},
      surroundings: {
        environment: {},
        out: () => {},
        say: () => {},
        columns: undefined,
        signIn: nobody,
        send: nobody,
        now: () => 0,
        sleep: nobody,
        stop: new AbortController().signal,
      },
    }),
  );

if (process.argv[1] === import.meta.filename)
  writeFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'command-line.md'), commandLinePage());
