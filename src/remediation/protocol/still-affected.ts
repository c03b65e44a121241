import { type Finding, saysNothing } from '../model/findings.ts';
import { findingsIn, letGoIn } from './incident-rows.ts';
import type { LedgerRow } from './ledger.ts';

const affectedBy = (findings: readonly Finding[]): readonly string[] =>
  findings.flatMap(({ harm }) =>
    harm.flatMap(({ consumerId, level }) => (level === 'none' ? [] : [consumerId.toLowerCase()])),
  );

/**
 * ARM ids, lower-cased, of the consumers that were affected when an incident last saw them, from its rows (`rowsOfIncident`). A
 * look that could not read everything proves of nobody that it is well again, and a look at others proves it of nobody who is
 * out of scope.
 */
export const stillAffected = (rows: readonly LedgerRow[]): ReadonlySet<string> => {
  let affected: ReadonlySet<string> = new Set();
  for (const row of rows) {
    if (row.kind !== 'seen') continue;
    const findings = findingsIn(row);
    const now = [...affectedBy(findings), ...letGoIn(row)];
    affected = new Set(findings.some(saysNothing) ? [...affected, ...now] : now);
  }
  return affected;
};
