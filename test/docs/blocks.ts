/** What documents hold that is made of the code: each between `<!-- name -->` and `<!-- /name -->` in its file. */
import { healInWords } from '../../bench/heal/heal-in-words.ts';
import { settingsTable } from '../builders/settings-table.ts';
import { permissionsTable } from '../infra/least-privilege/permissions-table.ts';
import { acceptanceTable } from '../posture/acceptance-table.ts';
import { consumersTable } from './tables/consumers.ts';
import { faultsTable, postureFaults } from './tables/faults.ts';
import { problemsInWords } from './tables/problems.ts';
import { routesTable } from './tables/routes.ts';
import { stepsTable } from './tables/steps.ts';

export type Block = { readonly file: string; readonly name: string; readonly text: () => string };

export const BLOCKS: readonly Block[] = [
  { file: 'docs/settings.md', name: 'settings', text: settingsTable },
  { file: 'docs/http.md', name: 'routes', text: routesTable },
  { file: 'docs/problems.md', name: 'problems', text: problemsInWords },
  { file: 'docs/concepts.md', name: 'steps', text: stepsTable },
  { file: 'docs/consumers.md', name: 'consumers', text: consumersTable },
  { file: 'docs/runbooks/README.md', name: 'faults', text: faultsTable },
  { file: 'docs/runbooks/README.md', name: 'posture', text: postureFaults },
  { file: 'docs/acceptance.md', name: 'rows', text: acceptanceTable },
  { file: 'docs/security/permissions.md', name: 'actions', text: permissionsTable },
  { file: 'docs/costs.md', name: 'heal', text: healInWords },
];

/** A document with this block as the code has it. Throws where the document has no place for it. */
export const withBlock = (document: string, { file, name, text }: Block): string => {
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const from = document.indexOf(begin);
  const to = document.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`${file} has no ${begin.trim()} … ${end}`);
  return `${document.slice(0, from + begin.length)}${text()}\n${document.slice(to)}`;
};
