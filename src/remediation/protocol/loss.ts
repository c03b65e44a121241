import { type Finding, isHarmful } from '../model/findings.ts';
import { findingsIn } from './incident-rows.ts';
import type { LedgerRow } from './ledger.ts';

/** What Azure itself says of when it happened, by its name in the evidence of a finding. */
const TIMES = ['expiresOn', 'deletedOn'] as const;

const isRoot = ({ explainedBy }: Finding): boolean => explainedBy === undefined;

const lossesIn = (row: LedgerRow): readonly number[] =>
  findingsIn(row)
    .filter((finding) => isRoot(finding) && isHarmful(finding))
    .flatMap(({ evidence }) => TIMES.map((name) => Date.parse(String(evidence[name]))))
    .filter((at) => at <= Date.parse(row.at));

/**
 * When the key was lost (ms since epoch), by the rows of an incident: the earliest that Azure states of a fault that was there when it
 * was looked at. `undefined` where Azure states none: of a version that was disabled, of access that was taken.
 */
export const lostAt = (rows: readonly LedgerRow[]): number | undefined => {
  const times = rows.flatMap(lossesIn);
  return times.length === 0 ? undefined : times.reduce((one, other) => Math.min(one, other));
};

export type Cause = Pick<Finding, 'kind' | 'target' | 'sentence'>;

/**
 * Why an incident is, by its rows: the faults that harm somebody, each once and in the order in which they were found. `roots`: those
 * that no other explains.
 */
export const causesOf = (
  rows: readonly LedgerRow[],
): { readonly faults: readonly Cause[]; readonly roots: readonly Finding[] } => {
  const harmful = rows.flatMap(findingsIn).filter(isHarmful);
  const named = [
    ...new Map(harmful.toReversed().map((finding) => [`${finding.kind} ${finding.target}`, finding])).values(),
  ];
  const faults = named.toReversed();
  return {
    faults: faults.map(({ kind, target, sentence }) => ({ kind, target, sentence })),
    roots: faults.filter(isRoot),
  };
};
