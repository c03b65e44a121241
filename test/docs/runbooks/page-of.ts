import { type PageKind, runbookOf } from '../../../src/posture/runbooks.ts';
import { written } from '../written.ts';

/** The text of a runbook. Throws where nobody has written it yet. */
export const pageOf = (kind: PageKind): string => written(runbookOf(kind));
