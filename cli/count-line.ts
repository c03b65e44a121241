import type { Surroundings } from './surroundings.ts';

/** Shows the progress of work whose total is unknown: by a count. */
export type CountLine = {
  /** Shows the number of finished parts. */
  readonly counted: (count: number) => void;
  /** Removes the line from the terminal. */
  readonly done: () => void;
};

/** Work that ends sooner than this shows no line. */
const SOON_MS = 2_000;

/**
 * A line on a terminal, from two seconds after it was opened; nothing where there is no terminal. `words`: the line for a count.
 */
export const countLineOn = (
  { progress, now }: Pick<Surroundings, 'progress' | 'now'>,
  words: (count: number) => string,
): CountLine => {
  const began = now();
  let isDrawn = false;
  const clear = (terminal: NodeJS.WriteStream): void => {
    terminal.cursorTo(0);
    terminal.clearLine(0);
  };
  return {
    counted: (count) => {
      if (!progress || now() - began < SOON_MS) return;
      clear(progress);
      progress.write(words(count));
      isDrawn = true;
    },
    done: () => {
      if (progress && isDrawn) clear(progress);
      isDrawn = false;
    },
  };
};
