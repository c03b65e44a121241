import type { Command } from 'commander';
import type { Context } from './context.ts';
import type { Sheet } from './sheet/sheet.ts';
import type { Surroundings } from './surroundings.ts';

/** What a command is made of: it says what it takes, and what it then gives. */
export type Acting = {
  /** An action of Commander, which prints the sheet that comes of it. */
  readonly shows: <Args extends readonly unknown[]>(
    run: (context: Context, ...args: Args) => Promise<Sheet>,
  ) => (...args: Args) => Promise<void>;
  /** The same without an app: where it is may not be known. */
  readonly tells: <Args extends readonly unknown[]>(
    run: (surroundings: Surroundings, ...args: Args) => Promise<Sheet>,
  ) => (...args: Args) => Promise<void>;
};

export type AddCommand = (program: Command, acting: Acting) => void;
