import type { ListIncidentsParams } from '../../client/api.ts';
import { getIncident, listIncidents } from '../../client/api.ts';
import { incidentReport } from '../../report/incident-report.ts';
import type { AddCommand } from '../acting.ts';
import type { Context } from '../context.ts';
import { Usage } from '../failure.ts';
import { allPages } from '../pages.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { incidentSheet } from '../sheets/incident.ts';
import { incidentsSheet } from '../sheets/incidents.ts';
import { originOf, writtenTo } from '../written-report.ts';

type Options = { readonly open?: true; readonly report?: string; readonly from?: string; readonly to?: string };

const INCIDENT_ID = /^\d{8}T\d{6}Z-[0-9a-f]{8}$/;

const listed = async ({ sending }: Context, wanted: ListIncidentsParams) =>
  allPages(await listIncidents(wanted, sending), sending);

/** The newest incident of that name: a person who names a server wants to know why it was down. */
const newestOf = async (context: Context, name: string): Promise<string> => {
  const newest = (await listed(context, { resource: name })).value.at(-1);
  if (!newest) throw new Usage(`'${name}' never had an incident. cmk-guardian incident lists all.`);
  return newest.id;
};

const shown = async (
  context: Context,
  name: string | undefined,
  { open, report, ...times }: Options,
): Promise<Sheet> => {
  if (name === undefined && report !== undefined)
    throw new Usage('A report is of one incident: name it, or a server, disk encryption set or vault.');
  if (name === undefined) return incidentsSheet(await listed(context, { ...times, ...(open && { open }) }));
  const id = INCIDENT_ID.test(name) ? name : await newestOf(context, name);
  const incident = await getIncident(id, context.sending);
  if (report === undefined) return incidentSheet(incident);
  return writtenTo(report, incidentReport({ incident, origin: await originOf(context) }));
};

export const addIncident: AddCommand = (program, { shows }) =>
  void program
    .command('incident')
    .description(
      'Why something was down, what was done about it, by whom, and what proves it; without a name, all incidents.',
    )
    .argument('[name]', 'the id of an incident, or the name of a server, disk encryption set or vault: its newest')
    .option('--report <file>', 'write it to this file instead, as a document of HTML that prints')
    .option('--open', 'only those that are not over')
    .option('--from <instant>', 'only those that were open after this instant or day, in UTC')
    .option('--to <instant>', 'only those that were open before it')
    .action(shows(shown));
