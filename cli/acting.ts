import type { Command } from 'commander';
import type { Context } from './context.ts';
import type { Sheet } from './sheet/sheet.ts';
import type { Surroundings } from './surroundings.ts';

/** A command in two parts: the function that asks the app, and the sheet that it makes of the answer. */
export type Acting = {
  /** An action of Commander, which prints the sheet that comes of it. */
  readonly shows: <Args extends readonly unknown[]>(
    run: (context: Context, ...args: Args) => Promise<Sheet>,
  ) => (...args: Args) => Promise<void>;
  /** The same without an app: its address may be unknown. */
  readonly tells: <Args extends readonly unknown[]>(
    run: (surroundings: Surroundings, ...args: Args) => Promise<Sheet>,
  ) => (...args: Args) => Promise<void>;
};

export type AddCommand = (program: Command, acting: Acting) => void;
