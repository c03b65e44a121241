import * as z from 'zod/mini';
import type { Anchors } from './anchors.ts';
import { fromJsonColumns } from './json-columns.ts';
import { documentRow, partitionOf, readState, rowNames, rowsInForce } from './key-partition.ts';
import { type AskedPlan, type Incident, incidentSchema, type KeyState, type Verdict } from './key-state.ts';
import { STATEMENTS } from './statements.ts';
import type { Change, Row, StoredRow, Table } from './table.ts';

/** The records of one assess. `opened` and `closed` are the two ends of an incident. */
export type AssessRecord = {
  readonly verdict: Verdict;
  readonly opened?: Incident;
  readonly closed?: Incident & { readonly closedAt: string };
  readonly asked?: AskedPlan;
  /** The canonical snapshot. Its hash is in the ledger. */
  readonly baseline?: unknown;
};

export type Incidents = {
  /**
   * Writes the records of an assess, all or none. It may run twice: an incident opens once, and a closed incident stays
   * closed. One call, and one more where a plan is asked. Two more when an incident closes, to delete its asked plans,
   * requests, approvals and attempts. Returns whether this call opened or closed the incident: `false` where an earlier
   * run did, or nothing opens or closes.
   */
  record(keyId: string, record: AssessRecord): Promise<boolean>;
  read(keyId: string, id: string): Promise<Incident | undefined>;
  /** The incident with this id, of any key. One call for every 1,000 rows of keys. */
  find(id: string): Promise<(Incident & { readonly keyId: string }) | undefined>;
  /** Incidents of one key, or of all, by key and then oldest first. */
  list(keyId?: string): AsyncIterable<Incident & { readonly keyId: string }>;
};

const endsOf = (keyId: string, { opened, closed }: AssessRecord): readonly Change[] => [
  ...(opened
    ? ([
        { kind: 'create', row: documentRow(keyId, rowNames.pastIncident(opened.id), opened) },
        { kind: 'create', row: documentRow(keyId, rowNames.incident(opened.id), opened) },
      ] as const)
    : []),
  ...(closed
    ? ([
        { kind: 'put', row: documentRow(keyId, rowNames.pastIncident(closed.id), closed) },
        { kind: 'delete', row: { partitionKey: partitionOf(keyId), rowKey: rowNames.incident(closed.id) } },
      ] as const)
    : []),
];

/** The plan's id is a column too, so that the plan is found by the first digits of its id. */
const askedRow = (keyId: string, asked: AskedPlan): Row => ({
  ...documentRow(keyId, rowNames.asked(asked.planId), asked),
  planId: asked.planId,
});

const findingsOf = (keyId: string, { verdict, asked, baseline }: AssessRecord): readonly Change[] => [
  // The kind of the verdict is a column too, so that lists of all keys need not read the verdicts.
  { kind: 'put', row: { ...documentRow(keyId, rowNames.verdict, verdict), kind: verdict.decision.kind } },
  ...(asked ? [{ kind: 'put', row: askedRow(keyId, asked) } as const] : []),
  ...(baseline === undefined ? [] : [{ kind: 'put', row: documentRow(keyId, rowNames.baseline, baseline) } as const]),
];

const rowsEndedBy = (state: KeyState, incident: Incident & { readonly closedAt: string }): readonly string[] => [
  ...state.asked.filter((plan) => plan.incident === incident.id).map((plan) => rowNames.asked(plan.planId)),
  ...state.approvals
    .filter((approval) => approval.incident === incident.id)
    .map((approval) => rowNames.approval(approval)),
  ...state.rejections.filter((one) => one.incident === incident.id).map((one) => rowNames.rejection(one)),
  ...state.requests.filter((request) => request.at <= incident.closedAt).map((request) => rowNames.request(request)),
  ...state.attempts.filter((attempt) => attempt.incident === incident.id).map((attempt) => rowNames.attempt(attempt)),
];

const clearAway = async (keys: Table, keyId: string, incident: Incident & { readonly closedAt: string }) => {
  const state = readState(keyId, await keys.all(rowsInForce(keyId)));
  const partitionKey = partitionOf(keyId);
  const ended = rowsEndedBy(state, incident);
  for (let start = 0; start < ended.length; start += 100) {
    const rows = ended.slice(start, start + 100);
    await keys.transact(rows.map((rowKey) => ({ kind: 'delete', row: { partitionKey, rowKey } })));
  }
};

const toIncident = (row: StoredRow): Incident & { keyId: string } => {
  const { closedAt, ...rest } = z.parse(incidentSchema, fromJsonColumns(row));
  return { ...rest, ...(closedAt !== undefined && { closedAt }), keyId: String(row['keyId']) };
};

const pastRows = (keyId?: string): string =>
  [keyId && `PartitionKey eq '${partitionOf(keyId)}'`, "RowKey ge 'past:incident:'", "RowKey lt 'past:incident;'"]
    .filter(Boolean)
    .join(' and ');

export const openIncidents = (keys: Table, anchors: Anchors): Incidents => ({
  record: async (keyId, record) => {
    if (record.asked) await anchors.attest(STATEMENTS.asked(keyId, record.asked));
    const findings = findingsOf(keyId, record);
    const whole = await keys.transact([...endsOf(keyId, record), ...findings]);
    // A retry: an earlier run has opened or closed the incident.
    if (!whole) await keys.transact(findings);
    if (record.closed) await clearAway(keys, keyId, record.closed);
    return whole && (record.opened !== undefined || record.closed !== undefined);
  },
  read: async (keyId, id) => {
    const row = await keys.get(partitionOf(keyId), rowNames.pastIncident(id));
    return row && toIncident(row);
  },
  find: async (id) => {
    for await (const row of keys.query(`RowKey eq '${rowNames.pastIncident(id)}'`)) return toIncident(row);
    return undefined;
  },
  list: async function* (keyId) {
    for await (const row of keys.query(pastRows(keyId))) yield toIncident(row);
  },
});
