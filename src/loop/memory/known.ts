import { asBaseline, type Baseline } from '../../remediation/model/baseline.ts';
import { canonicalJson, type Json, sha256 } from '../../remediation/model/canonical.ts';
import type { Known, Sighting } from '../../remediation/model/known.ts';
import type { PolicyRecords } from '../../remediation/model/records.ts';
import { REPAIRS_MS } from '../../remediation/protocol/checkpoint.ts';
import type { LedgerRow } from '../../remediation/protocol/ledger.ts';
import type { KeyState } from '../../store/key-state.ts';

/** What the entry of a baseline holds: the snapshot, and its hash for those who compare. */
export const baselineDetail = (snapshot: Json): { readonly sha256: string; readonly baseline: Json } => ({
  sha256: sha256(canonicalJson(snapshot)),
  baseline: snapshot,
});

/** The hash of the last baseline that the chain holds. */
const enteredHash = (rows: readonly LedgerRow[]): string | undefined => {
  const detail = rows.findLast(({ kind }) => kind === 'baseline')?.detail;
  return typeof detail === 'object' && detail !== null && 'sha256' in detail ? String(detail['sha256']) : undefined;
};

/**
 * A row can be changed by whoever may write to the table: the snapshot counts only as it was entered in the ledger, in an
 * entry that is proven.
 */
export const verifiedBaseline = (
  { baseline }: Pick<KeyState, 'baseline'>,
  rows: readonly LedgerRow[],
): Baseline | undefined =>
  baseline !== undefined && sha256(canonicalJson(baseline as Json)) === enteredHash(rows)
    ? asBaseline(baseline)
    : undefined;

const attemptsOf = ({ attempts, incident }: Pick<KeyState, 'attempts' | 'incident'>): Known['attempts'] & object =>
  attempts.filter((attempt) => attempt.incident === incident?.id);

type Kept = Pick<KeyState, 'attempts' | 'baseline' | 'incident'>;

const known = (state: Kept, baseline: Baseline | undefined): Known => ({
  ...(baseline && { baseline }),
  ...(state.incident && { incidentOpenedAt: state.incident.openedAt }),
  attempts: attemptsOf(state),
});

/** The ledger is told first how a step ended; of one that died it holds the intent. */
const isEntered =
  (rows: readonly LedgerRow[]) =>
  ({ incident, outcome, step, stepId, target }: KeyState['attempts'][number]): boolean =>
    rows
      .filter((row) => row.incident === incident && row.step === step && row.stepId === stepId && row.target === target)
      .some((row) => (row.kind === 'intent' ? outcome === 'unknown' : row.outcome === outcome));

/** A row may be changed by whoever may write to the table: who was assigned counts as the ledger has it alone. */
const asAssigned =
  (rows: readonly LedgerRow[]) =>
  ({ assigned: _assigned, ...attempt }: KeyState['attempts'][number]): KeyState['attempts'][number] => {
    const { incident, outcome, stepId, target } = attempt;
    const detail = rows.findLast(
      (row) =>
        row.kind === 'outcome' &&
        row.outcome === outcome &&
        row.incident === incident &&
        row.stepId === stepId &&
        row.target === target,
    )?.detail;
    const assigned =
      typeof detail === 'object' && detail !== null && 'assigned' in detail ? detail['assigned'] : undefined;
    return typeof assigned === 'string' ? { ...attempt, assigned } : attempt;
  };

/** An entry is made by `entriesOf` alone: its shape need not be checked again. */
const sightingIn = ({ at, kind, detail }: LedgerRow): readonly Sighting[] =>
  kind === 'sighted' ? [{ ...(detail as Omit<Sighting, 'at'>), at }] : [];

/**
 * What a decision may rest on beside what is seen. `rows`: what is proven of the key's chain. A row that says that something was done in
 * this incident may let somebody in: it counts as the baseline does.
 */
export const knownOf = (state: KeyState, rows: readonly LedgerRow[]): Known => {
  const baseline = verifiedBaseline(state, rows);
  const entry = baseline && rows.findLast(({ kind }) => kind === 'baseline');
  return {
    ...known({ ...state, attempts: state.attempts.filter(isEntered(rows)).map(asAssigned(rows)) }, baseline),
    ...(entry && { baselineAt: entry.at }),
    sightings: rows.flatMap(sightingIn),
  };
};

/** The same for one who only asks whether a look is needed: nothing is written on it, so that the chain is not read. */
export const supposedOf = (state: Kept): Known => known(state, asBaseline(state.baseline));

export type Repair = PolicyRecords['repairs'][number] & { readonly step: string };

/** The steps that were done in the last day, in whatever incident: what is done again and again is undone by somebody. */
export const repairsIn = (rows: readonly LedgerRow[], now: Date): readonly Repair[] =>
  rows.flatMap(({ kind, outcome, step = '', stepId, at }) =>
    kind === 'outcome' && outcome === 'done' && stepId !== undefined && Date.parse(at) > now.getTime() - REPAIRS_MS
      ? [{ step, stepId, at }]
      : [],
  );
