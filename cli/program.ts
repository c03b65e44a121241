import { Command, Option } from 'commander';
import { VERSION } from '../src/web/version.ts';
import type { Acting } from './acting.ts';
import { COMMANDS } from './commands/commands.ts';
import { countLineOn } from './count-line.ts';
import { FORMS, type Form } from './sheet/print.ts';
import type { Sheet } from './sheet/sheet.ts';
import { type Asker, guardianOf } from './sign-in/guardian-of.ts';
import { WAYS } from './sign-in/ways.ts';
import type { Surroundings } from './surroundings.ts';

/** Options that every command has. */
export type Shared = Asker & { readonly output: Form };

const DESCRIPTION = `Asks a CMK Guardian what is wrong, and answers it.

Exit codes: 0 well, 1 something is wrong, 2 the command is not understood, 3 the app cannot be reached or lets nobody in.`;

const shared = (program: Command): Command =>
  program
    .addOption(new Option('--url <address>', 'where the function app is').env('GUARDIAN_URL'))
    .addOption(
      new Option(
        '--key <key>',
        'a key of the function app; better in the environment as GUARDIAN_KEY, where no list of processes shows it',
      ),
    )
    .addOption(
      new Option(
        '--sign-in <way>',
        'how to sign in; by what az, the environment or Azure offers where left out',
      ).choices(WAYS),
    )
    .addOption(new Option('--scope-of-api <scope>', 'for what a token is asked; the app itself tells it'))
    .addOption(new Option('--output <form>', 'how to print').choices(FORMS).default('table'));

type Printing = { readonly surroundings: Surroundings; readonly ended: (sheet: Sheet, form: Form) => void };

const actingFor = (program: Command, { surroundings, ended }: Printing): Acting => {
  const tells: Acting['tells'] =
    (run) =>
    async (...args) =>
      ended(await run(surroundings, ...args), program.opts<Shared>().output);
  return {
    tells,
    shows: (run) =>
      tells(async (_surroundings, ...args) => {
        const { scopeOfApi: scope, ...asker } = program.opts<Shared & { readonly scopeOfApi?: string }>();
        const guardian = guardianOf({ ...asker, ...(scope && { scope }) }, surroundings);
        const pages = countLineOn(surroundings, (count) => `Reading a long list: ${count} pages`);
        return run({ sending: { guardian, pages }, surroundings }, ...args);
      }),
  };
};

/** The command line. `ended` gets the sheet of a command. */
export const programFor = (printing: Printing): Command => {
  const { out, say, columns } = printing.surroundings;
  const program = shared(new Command('cmk-guardian').description(DESCRIPTION).version(VERSION))
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, ...(columns && { helpWidth: columns }) })
    .configureOutput({ writeOut: (text) => out(text.trimEnd()), writeErr: (text) => say(text.trimEnd()) })
    .showSuggestionAfterError()
    .showHelpAfterError('Add --help to see what it takes.');
  const acting = actingFor(program, printing);
  for (const add of COMMANDS) add(program, acting);
  return program;
};
