import { getQuarantined, listQuarantine, replayQuarantined } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { Usage } from '../failure.ts';
import { alertSheet, alertsSheet } from '../sheets/alerts.ts';
import { said } from '../sheets/said.ts';

type Options = { readonly readAgain?: true };

export const addAlerts: AddCommand = (program, { shows }) =>
  void program
    .command('alerts')
    .description(
      'The alerts that were not understood, newest first, each with its reason; or one with all of its text.',
    )
    .argument('[id]', 'the id of one of them')
    .option('--read-again', 'has the app read that one again, as it reads alerts today')
    .action(
      shows(async ({ sending }, id: string | undefined, { readAgain }: Options) => {
        if (id === undefined && readAgain)
          throw new Usage('--read-again takes the id of one: cmk-guardian alerts lists them.');
        if (id === undefined) return alertsSheet(await listQuarantine(sending));
        if (!readAgain) return alertSheet(await getQuarantined(id, sending));
        const read = await replayQuarantined(id, sending);
        return said(`It is understood now, and kept no longer: ${read.why}`, read);
      }),
    );
