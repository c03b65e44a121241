import type { AddCommand } from '../acting.ts';
import { Usage } from '../failure.ts';
import { text } from '../sheet/sheet.ts';
import { watch } from '../watch/watch.ts';

type Options = { readonly every: string; readonly untilWell?: true };

const secondsOf = (every: string): number => {
  const seconds = Number(every);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 3_600) return seconds;
  throw new Usage(`--every is '${every}', and must be a number of seconds from 1 to 3600.`);
};

export const addWatch: AddCommand = (program, { shows }) =>
  void program
    .command('watch')
    .description('Tells what happens in every open incident as it happens, until it is stopped. Times are UTC.')
    .option('--every <seconds>', 'how often it looks', '10')
    .option('--until-well', 'end with 0 as soon as nobody is affected and no incident is open')
    .action(
      shows(async (context, { every, untilWell }: Options) => {
        const isWell = await watch(context, { everyMs: secondsOf(every) * 1_000, untilWell: untilWell === true });
        return {
          isWell,
          answer: { isWell },
          blocks: isWell ? [text('All is well.')] : [],
          records: { columns: ['isWell'], rows: [[String(isWell)]] },
        };
      }),
    );
