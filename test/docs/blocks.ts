/** The generated parts of documents: each between `<!-- name -->` and `<!-- /name -->` in its file. */
import { healInWords } from '../../bench/heal/heal-in-words.ts';
import { runbookOf } from '../../src/posture/runbooks.ts';
import { settingsTable } from '../builders/settings-table.ts';
import { permissionsTable } from '../infra/least-privilege/permissions-table.ts';
import { acceptanceTable } from '../posture/acceptance-table.ts';
import { notRun, pagesPlayed } from './runbooks/checked.ts';
import { PAGE_KINDS } from './runbooks/kinds.ts';
import { PARTS } from './runbooks/parts.ts';
import { consumersTable } from './tables/consumers.ts';
import { decisionsTable } from './tables/decisions.ts';
import { eventTypesTable } from './tables/event-types.ts';
import { faultsTable, postureFaults } from './tables/faults.ts';
import { problemsInWords } from './tables/problems.ts';
import { routesTable } from './tables/routes.ts';
import { stepsTable } from './tables/steps.ts';

/** `text` gets the present text of the document. */
export type Block = { readonly file: string; readonly name: string; readonly text: (document: string) => string };

/** The text that all runbooks share. */
const ofRunbooks: readonly Block[] = PAGE_KINDS.flatMap((kind) =>
  Object.entries(PARTS).map(([name, text]) => ({
    file: runbookOf(kind),
    name,
    text: (document: string) => text(kind, document),
  })),
);

export const BLOCKS: readonly Block[] = [
  { file: 'docs/settings.md', name: 'settings', text: settingsTable },
  { file: 'docs/http.md', name: 'routes', text: routesTable },
  { file: 'docs/problems.md', name: 'problems', text: problemsInWords },
  { file: 'docs/events/README.md', name: 'types', text: eventTypesTable },
  { file: 'docs/concepts.md', name: 'steps', text: stepsTable },
  { file: 'docs/consumers.md', name: 'consumers', text: consumersTable },
  { file: 'docs/runbooks/README.md', name: 'faults', text: faultsTable },
  { file: 'docs/runbooks/README.md', name: 'posture', text: postureFaults },
  { file: 'docs/runbooks/README.md', name: 'played', text: pagesPlayed },
  { file: 'docs/runbooks/README.md', name: 'not-run', text: notRun },
  ...ofRunbooks,
  { file: 'docs/adr/README.md', name: 'decisions', text: decisionsTable },
  { file: 'docs/acceptance.md', name: 'rows', text: acceptanceTable },
  { file: 'docs/security/permissions.md', name: 'actions', text: permissionsTable },
  { file: 'docs/costs.md', name: 'heal', text: healInWords },
];

/** A document with this block as the code makes it. Throws where the document has no place for it. */
export const withBlock = (document: string, { file, name, text }: Block): string => {
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const from = document.indexOf(begin);
  const to = document.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`${file} has no ${begin.trim()} … ${end}`);
  return `${document.slice(0, from + begin.length)}${text(document)}\n${document.slice(to)}`;
};
