import { type Finding, hasImpact } from '../model/findings.ts';
import { findingsIn } from './incident-rows.ts';
import type { LedgerRow } from './ledger.ts';

/** Names of the evidence in which Azure states when a fault began. */
const TIMES = ['expiresOn', 'deletedOn'] as const;

const isRoot = ({ explainedBy }: Finding): boolean => explainedBy === undefined;

const lossesIn = (row: LedgerRow): readonly number[] =>
  findingsIn(row)
    .filter((finding) => isRoot(finding) && hasImpact(finding))
    .flatMap(({ evidence }) => TIMES.map((name) => Date.parse(String(evidence[name]))))
    .filter((at) => at <= Date.parse(row.at));

/**
 * When the key was lost (ms since 1970), from the rows of an incident: the earliest time that Azure states for a fault that
 * existed at that look. `undefined` where Azure states no time, for example for a disabled version or a removed permission.
 */
export const lostAt = (rows: readonly LedgerRow[]): number | undefined => {
  const times = rows.flatMap(lossesIn);
  return times.length === 0 ? undefined : times.reduce((one, other) => Math.min(one, other));
};

export type Cause = Pick<Finding, 'kind' | 'target' | 'sentence'>;

/**
 * The causes of an incident, from its rows: the faults with impact, each once and in the order in which they were found. `roots`:
 * the faults that no other fault explains.
 */
export const causesOf = (
  rows: readonly LedgerRow[],
): { readonly faults: readonly Cause[]; readonly roots: readonly Finding[] } => {
  const withImpact = rows.flatMap(findingsIn).filter(hasImpact);
  const named = [
    ...new Map(withImpact.toReversed().map((finding) => [`${finding.kind} ${finding.target}`, finding])).values(),
  ];
  const faults = named.toReversed();
  return {
    faults: faults.map(({ kind, target, sentence }) => ({ kind, target, sentence })),
    roots: faults.filter(isRoot),
  };
};
