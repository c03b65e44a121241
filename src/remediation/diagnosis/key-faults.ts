import { faultOf } from '../model/faults.ts';
import { type Finding, findingId } from '../model/findings.ts';

/** The faults of the pinned versions of a key among these findings, as one text: the same faults give the same text. */
export const keyFaults = (findings: readonly Finding[]): string =>
  findings
    .filter(({ kind }) => faultOf(kind).showsInVersions)
    .map(findingId)
    .sort()
    .join('\n');
