import { toldText } from './incident-rows.ts';
import type { LedgerRow } from './ledger.ts';

/**
 * One step of an incident and Azure's answer. Times are ISO 8601. `correlationIds`: the ids by which the activity log, the audit
 * log and Azure's support can find the write; empty where nothing was sent.
 */
export type IncidentWrite = {
  readonly step: string;
  readonly target: string;
  readonly begunAt: string;
  readonly endedAt?: string;
  readonly seconds?: number;
  /** Left out while the step runs. */
  readonly outcome?: string;
  readonly why?: string;
  /** By whose authority the step ran: `policy` or `approval`. */
  readonly authority?: string;
  readonly undo?: string;
  /** Number of the standing change (a change that is approved in advance), where the policy alone let the step run. */
  readonly change?: string;
  readonly correlationIds: readonly string[];
  /** Numbers of the rows of this step in the chain. */
  readonly rows: readonly number[];
};

const endOf = (begunAt: string, end: LedgerRow): Partial<IncidentWrite> => {
  const seconds = (Date.parse(end.at) - Date.parse(begunAt)) / 1_000;
  const why = toldText(end, 'why');
  return {
    endedAt: end.at,
    ...(seconds >= 0 && { seconds }),
    ...(end.outcome !== undefined && { outcome: end.outcome }),
    ...(why !== undefined && { why }),
    correlationIds: end.correlationIds,
  };
};

/** Every step that was begun in an incident, by its rows, oldest first. */
export const writesIn = (rows: readonly LedgerRow[]): readonly IncidentWrite[] => {
  const ends = new Map(rows.flatMap((row) => (row.intent === undefined ? [] : [[row.intent, row] as const])));
  return rows
    .filter(({ kind }) => kind === 'intent')
    .map((row): IncidentWrite => {
      const { step = '', target = '', at } = row;
      const end = ends.get(row.id);
      const [authority, undo, change] = [toldText(row, 'authority'), toldText(row, 'undo'), toldText(row, 'change')];
      return {
        step,
        target,
        begunAt: at,
        ...(authority !== undefined && { authority }),
        ...(undo !== undefined && { undo }),
        ...(change !== undefined && { change }),
        correlationIds: [],
        ...(end && endOf(at, end)),
        rows: [row.seq, ...(end ? [end.seq] : [])],
      };
    });
};
