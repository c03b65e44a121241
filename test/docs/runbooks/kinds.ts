import { ROWS } from '../../../src/posture/rows.ts';
import { type PageKind, POSTURE_KINDS, type PostureKind } from '../../../src/posture/runbooks.ts';
import { FAULTS, type FindingKind } from '../../../src/remediation/model/faults.ts';
import { STEP_KINDS, type StepKind } from '../../../src/remediation/steps/steps.ts';

export const PAGE_KINDS: readonly PageKind[] = [...(Object.keys(FAULTS) as FindingKind[]), ...POSTURE_KINDS];

export const isPosture = (kind: PageKind): kind is PostureKind => POSTURE_KINDS.some((one) => one === kind);

/** Whether the fault may take a consumer down, now or later. */
export const hasImpact = (kind: PageKind): boolean =>
  !isPosture(kind) && !['none', 'unclear'].includes(FAULTS[kind].effect);

/** Whether nobody is woken for the fault alone: it opens no incident, and only who asks about the consumer is told of it. */
export const isQuiet = (kind: PageKind): boolean => !isPosture(kind) && FAULTS[kind].effect === 'none';

/** Whether the fault is that something cannot be seen. */
export const isUnclear = (kind: PageKind): boolean => !isPosture(kind) && FAULTS[kind].effect === 'unclear';

/** The rows of the posture report that lead to the page. */
export const rowsOf = (kind: PageKind): readonly string[] =>
  ROWS.flatMap(({ id, page }) => (page === kind ? [id] : []));

/** A section of a runbook, by its heading. */
export const sectionOf = (text: string, wanted: string): string =>
  text
    .split(/^## /m)
    .find((part) => part.startsWith(`${wanted}\n`))
    ?.slice(wanted.length)
    .trim() ?? '';

/** The steps that the page ascribes to the product. */
export const stepsOn = (text: string): readonly StepKind[] =>
  STEP_KINDS.filter((step) => sectionOf(text, 'What the product does').includes(`\`${step}\``));

/** Every command in the code of a text; a command over several lines is one. */
export const commandsIn = (text: string): readonly string[] =>
  [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block
      .replaceAll(/\\\n\s*/g, ' ')
      .trim()
      .split('\n'),
  );
