import { programFor } from '../program.ts';
import { pageOf } from './page.ts';

const nobody = async (): Promise<never> => {
  throw new Error('Nobody is asked for a page.');
};

/** The text of docs/command-line.md, made from the commands themselves: `npm run docs` writes it. */
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
