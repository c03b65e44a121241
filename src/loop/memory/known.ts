import { asBaseline, type Baseline } from '../../remediation/model/baseline.ts';
import { canonicalJson, type Json, sha256 } from '../../remediation/model/canonical.ts';
import type { Known, Sighting } from '../../remediation/model/known.ts';
import type { PolicyRecords } from '../../remediation/model/records.ts';
import { REPAIRS_MS } from '../../remediation/protocol/checkpoint.ts';
import type { LedgerRow } from '../../remediation/protocol/ledger.ts';
import type { KeyState } from '../../store/key-state.ts';

/** The detail of a baseline's ledger entry: the snapshot, and its hash for comparison. */
export const baselineDetail = (snapshot: Json): { readonly sha256: string; readonly baseline: Json } => ({
  sha256: sha256(canonicalJson(snapshot)),
  baseline: snapshot,
});

/** The hash of the last baseline in the chain. */
const enteredHash = (rows: readonly LedgerRow[]): string | undefined => {
  const detail = rows.findLast(({ kind }) => kind === 'baseline')?.detail;
  return typeof detail === 'object' && detail !== null && 'sha256' in detail ? String(detail['sha256']) : undefined;
};

/**
 * Anybody with write access to the table can change the row of a snapshot. The snapshot counts only if a proven entry
 * of the ledger holds the same hash.
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

/** A step writes its outcome to the ledger before the rows. Of a step that died the ledger holds only the intent. */
const isEntered =
  (rows: readonly LedgerRow[]) =>
  ({ incident, outcome, step, stepId, target }: KeyState['attempts'][number]): boolean =>
    rows
      .filter((row) => row.incident === incident && row.step === step && row.stepId === stepId && row.target === target)
      .some((row) => (row.kind === 'intent' ? outcome === 'unknown' : row.outcome === outcome));

/** Anybody with write access to the table can change a row. Only the ledger proves which principal a step assigned. */
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

/** Only `entriesOf` writes these entries, so their shape is not checked again. */
const sightingIn = ({ at, kind, detail }: LedgerRow): readonly Sighting[] =>
  kind === 'sighted' ? [{ ...(detail as Omit<Sighting, 'at'>), at }] : [];

/**
 * The facts that a decision may use beside the observation. `rows`: the proven rows of the key's chain. A row of a done step may
 * let a principal in, so it must be proven like the baseline.
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

/**
 * Like `knownOf`, for a caller that only asks whether a look is needed. Nothing is written because of it, so the chain
 * is not read.
 */
export const supposedOf = (state: Kept): Known => known(state, asBaseline(state.baseline));

export type Repair = PolicyRecords['repairs'][number] & { readonly step: string };

/** The steps that were done in the last day, in any incident. A step that repeats means that somebody undoes the repair. */
export const repairsIn = (rows: readonly LedgerRow[], now: Date): readonly Repair[] =>
  rows.flatMap(({ kind, outcome, step = '', stepId, at }) =>
    kind === 'outcome' && outcome === 'done' && stepId !== undefined && Date.parse(at) > now.getTime() - REPAIRS_MS
      ? [{ step, stepId, at }]
      : [],
  );
