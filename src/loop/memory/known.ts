import { asBaseline, type Baseline } from '../../remediation/model/baseline.ts';
import { canonicalJson, type Json, sha256 } from '../../remediation/model/canonical.ts';
import type { Known } from '../../remediation/model/known.ts';
import type { PolicyRecords } from '../../remediation/model/records.ts';
import type { LedgerRow } from '../../remediation/protocol/ledger.ts';
import type { KeyState } from '../../store/key-state.ts';

/** How far back repairs are counted that something may keep undoing. */
const REPAIRS_MS = 86_400_000;

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

/** A row can be changed by whoever may write to the table: the snapshot counts only as it was entered in the ledger. */
const verifiedBaseline = (
  { baseline }: Pick<KeyState, 'baseline'>,
  rows: readonly LedgerRow[],
): Baseline | undefined =>
  baseline !== undefined && sha256(canonicalJson(baseline as Json)) === enteredHash(rows)
    ? asBaseline(baseline)
    : undefined;

const attemptsOf = ({ attempts, incident }: Pick<KeyState, 'attempts' | 'incident'>): Known['attempts'] & object =>
  attempts.filter((attempt) => attempt.incident === incident?.id);

const known = (state: KeyState, baseline: Baseline | undefined): Known => ({
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

/**
 * What a decision may rest on beside what is seen. `rows`: the key's whole chain. A row that says that something was done in
 * this incident may let somebody in: it counts as the baseline does.
 */
export const knownOf = (state: KeyState, rows: readonly LedgerRow[]): Known =>
  known({ ...state, attempts: state.attempts.filter(isEntered(rows)) }, verifiedBaseline(state, rows));

/** The same for one who only asks whether a look is needed: nothing is written on it, so that the chain is not read. */
export const supposedOf = (state: KeyState): Known => known(state, asBaseline(state.baseline));

export type Repair = PolicyRecords['repairs'][number] & { readonly step: string };

/** The steps that were done in the last day, in whatever incident: what is done again and again is undone by somebody. */
export const repairsIn = (rows: readonly LedgerRow[], now: Date): readonly Repair[] =>
  rows.flatMap(({ kind, outcome, step = '', stepId, at }) =>
    kind === 'outcome' && outcome === 'done' && stepId !== undefined && Date.parse(at) > now.getTime() - REPAIRS_MS
      ? [{ step, stepId, at }]
      : [],
  );
