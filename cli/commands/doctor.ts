import type { AddCommand } from '../acting.ts';
import { findings, findingsSheet, type Installation } from '../doctor/from-azure.ts';
import { doctorSheet } from '../doctor/from-outside.ts';
import type { Way } from '../sign-in/ways.ts';

export const addDoctor: AddCommand = (program, { shows, tells }) => {
  const fromOutside = shows(async (context) => doctorSheet(context));
  const fromAzure = tells(async (surroundings, place: Installation) =>
    findingsSheet(await findings(surroundings, place, program.opts<{ readonly signIn?: Way }>().signIn)),
  );
  program
    .command('doctor')
    .description(
      'Whether the app can be reached and is well, why not, and what it cannot see or repair, each with its command.',
    )
    .option('--subscription <id>', 'look from the side of Azure: the subscription of the function app')
    .option('--group <name>', 'its resource group')
    .option('--app <name>', 'its name')
    .option('--cloud <name>', 'public, usgov or china')
    .action((place: Installation) => (Object.keys(place).length === 0 ? fromOutside() : fromAzure(place)));
};
