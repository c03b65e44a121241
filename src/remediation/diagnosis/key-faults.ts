import { faultOf } from '../model/faults.ts';
import { type Finding, findingId } from '../model/findings.ts';

/** The faults of a key's pinned versions among these findings, as one text: the same faults make the same text. */
export const keyFaults = (findings: readonly Finding[]): string =>
  findings
    .filter(({ kind }) => faultOf(kind).showsInVersions)
    .map(findingId)
    .sort()
    .join('\n');
