import { type GetPosture200, type GetPostureParams, getLedger, getPosture, lookAtPosture } from '../../client/api.ts';
import { postureReport } from '../../report/posture-report.ts';
import type { AddCommand } from '../acting.ts';
import type { Context } from '../context.ts';
import { pagesFrom } from '../pages.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { beingMade } from '../sheets/being-made.ts';
import { postureSheet } from '../sheets/posture.ts';
import { said } from '../sheets/said.ts';
import { originOf, writtenTo } from '../written-report.ts';

type Options = GetPostureParams & { readonly look?: true; readonly report?: string };

/** The whole report: its lines and its coverage are split into pages, and the other fields are the same on each page. */
export const readPosture = async ({ sending }: Context, wanted: GetPostureParams) => {
  const first = await getPosture(wanted, sending);
  if ('status' in first) return first;
  const pages = await pagesFrom(first, sending);
  const { nextLink: _nextLink, ...whole } = first;
  return {
    ...whole,
    lines: pages.flatMap(({ lines }) => lines),
    coverage: pages.flatMap(({ coverage }) => coverage),
  };
};

const reported = async (context: Context, file: string, posture: GetPosture200): Promise<Sheet> => {
  const { chain, verification } = await getLedger({ key: 'product' }, context.sending);
  const origin = await originOf(context);
  return writtenTo(file, postureReport({ posture, heads: [{ chain, verification }], origin }));
};

const shown = async (context: Context, { look, report, ...wanted }: Options): Promise<Sheet> => {
  if (look) return said('The report is made anew, which takes a minute or two.', await lookAtPosture(context.sending));
  const posture = await readPosture(context, wanted);
  if ('status' in posture) return beingMade(posture);
  return report === undefined ? postureSheet(posture) : reported(context, report, posture);
};

export const addPosture: AddCommand = (program, { shows }) =>
  void program
    .command('posture')
    .description('How everything stands to what is asked of it, row by row, and the commands that mend what fails.')
    .option('--verdict <verdict>', 'only pass, fail, unknown or notApplicable')
    .option('--row <id>', 'only this row, such as S2.11')
    .option('--subject <name>', 'only this server, disk encryption set, vault or key')
    .option('--report <file>', 'write it to this file instead, as a document of HTML that prints')
    .option('--look', 'have the report made anew')
    .action(shows(shown));
