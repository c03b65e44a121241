import { pause } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { overrideSheet } from '../sheets/override.ts';
import { ownWords } from '../words/own-words.ts';
import { untilOf } from '../words/until.ts';

type Options = { readonly why: string; readonly until?: string; readonly scope?: string };

export const addPause: AddCommand = (program, { shows }) =>
  void program
    .command('pause')
    .description('Stops every write from the next one on, or those in a scope. Looking and telling go on.')
    .requiredOption('--why <text>', 'why', ownWords)
    .option('--until <instant>', 'when it ends: an instant in UTC, or a duration from now such as PT2H')
    .option(
      '--scope <name>',
      'only there: a subscription, resource group or resource by its id, or a vault by its name',
    )
    .action(
      shows(async ({ sending, surroundings }, { why, until, scope }: Options) => {
        const end = until && untilOf(until, surroundings.now());
        const override = { why, ...(end && { until: end }), ...(scope && { scope }) };
        return overrideSheet(`Writes are paused${scope ? ` in ${scope}` : ''}`, await pause(override, sending));
      }),
    );
