import { type PageKind, runbookOf } from '../../src/posture/runbooks.ts';
import { KEY_NAME, type Subject } from '../builders/breaking/subjects.ts';
import { isPosture } from '../docs/runbooks/kinds.ts';
import type { Terminal } from './terminal.ts';

type Line = { readonly subject: string; readonly runbook?: string };
type Report = { readonly startedAt: string; readonly lines: readonly Line[] };

/** The names of a subject and of what belongs to it: its copy, its machines, its cluster. */
const isAbout = (id: string, { name, vault }: Subject): boolean => {
  const last = id.split('/').at(-1) ?? '';
  return [name, vault].some((one) => last === one || last.startsWith(`${one}-`));
};

const failsIn = async ({ run, cloud, waitFor }: Terminal, page: PageKind, subject: Subject): Promise<boolean> => {
  const since = cloud.world.clock.now();
  await run('cmk-guardian posture --look');
  let fails = false;
  const isNew = async (): Promise<boolean> => {
    const said = await run('cmk-guardian posture --verdict fail --output json');
    const { startedAt, lines = [] } = JSON.parse(said) as Report;
    fails = lines.some((line) => line.runbook === runbookOf(page) && isAbout(line.subject, subject));
    return Date.parse(startedAt) >= since;
  };
  if (!(await waitFor(isNew, 600_000))) throw new Error('The posture report was not made anew within ten minutes.');
  return fails;
};

/** The key: a consumer of it may have been made again, as another one. */
const keyOf = ({ vault }: Subject): string => `https://${vault}.vault.azure.net/keys/${KEY_NAME}`;

/** Whether the product, asked to look now, finds the fault of the page. */
export const finds = async (terminal: Terminal, page: PageKind, subject: Subject): Promise<boolean> => {
  if (isPosture(page)) return failsIn(terminal, page, subject);
  await terminal.run(`cmk-guardian start '${keyOf(subject)}'`);
  const said = await terminal.run(`cmk-guardian explain '${subject.name}'`).catch((error: Error) => error.message);
  return said.includes(runbookOf(page));
};
