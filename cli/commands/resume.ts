import { resume } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { said } from '../sheets/said.ts';
import { ownWords } from '../words/own-words.ts';

type Options = { readonly why: string; readonly scope?: string };

export const addResume: AddCommand = (program, { shows }) =>
  void program
    .command('resume')
    .description('Lifts every pause of everything, and the rest after a silence; or those of one scope.')
    .requiredOption('--why <text>', 'why', ownWords)
    .option('--scope <name>', 'only what was paused there')
    .action(
      shows(async ({ sending }, { why, scope }: Options) => {
        const answer = await resume(undefined, { why, ...(scope && { scope }) }, sending);
        return said(scope ? `What was paused in ${scope} is lifted.` : 'Every pause of everything is lifted.', answer);
      }),
    );
