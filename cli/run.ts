import { EXIT, failureOf } from './failure.ts';
import { programFor } from './program.ts';
import { print } from './sheet/print.ts';
import { printable } from './sheet/printable.ts';
import type { Surroundings } from './surroundings.ts';

const NARROWEST = 40;
const WIDEST = 120;
/**
 * The width of lines where the output is not a terminal: somebody will search that text later, and whole lines are easier to
 * search.
 */
const UNKNOWN = 120;

const widthIn = (columns: number | undefined): number =>
  columns ? Math.min(WIDEST, Math.max(NARROWEST, columns)) : UNKNOWN;

/** Runs the whole command; returns the exit code. */
export const runGuardian = async (words: readonly string[], surroundings: Surroundings): Promise<number> => {
  let exit: number = EXIT.well;
  const program = programFor({
    surroundings,
    ended: (sheet, form) => {
      const printed = print(sheet, form, widthIn(surroundings.columns));
      if (printed !== '') surroundings.out(printed);
      exit = sheet.isWell ? EXIT.well : EXIT.wrong;
    },
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return exit;
  } catch (error) {
    const failure = failureOf(error);
    if (failure.says !== '') surroundings.say(printable(failure.says));
    return failure.exit;
  }
};
