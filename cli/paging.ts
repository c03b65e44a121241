import type { Surroundings } from './surroundings.ts';

/** Says how far the reading of a list of pages is, of which nobody knows how many there are. */
export type Paging = {
  /** So many pages are read. */
  readonly turned: (pages: number) => void;
  /** Takes away what was drawn. */
  readonly done: () => void;
};

/** What is over sooner is not said. */
const SOON_MS = 2_000;

/** A line on a terminal, from two seconds after the command has begun; nothing where there is no terminal. */
export const pagingOn = ({ progress, now }: Pick<Surroundings, 'progress' | 'now'>): Paging => {
  const began = now();
  let isDrawn = false;
  const clear = (terminal: NodeJS.WriteStream): void => {
    terminal.cursorTo(0);
    terminal.clearLine(0);
  };
  return {
    turned: (pages) => {
      if (!progress || now() - began < SOON_MS) return;
      clear(progress);
      progress.write(`Reading a long list: ${pages} pages`);
      isDrawn = true;
    },
    done: () => {
      if (progress && isDrawn) clear(progress);
      isDrawn = false;
    },
  };
};
