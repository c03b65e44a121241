import * as z from 'zod/mini';
import type { Anchors } from './anchors.ts';
import { fromJsonColumns } from './json-columns.ts';
import { documentRow, partitionOf, readState, rowNames, rowsInForce } from './key-partition.ts';
import { type AskedPlan, type Incident, incidentSchema, type KeyState, type Verdict } from './key-state.ts';
import { STATEMENTS } from './statements.ts';
import type { Change, Row, StoredRow, Table } from './table.ts';

/** What one assess leaves behind. `opened` and `closed` are the incident's ends. */
export type AssessRecord = {
  readonly verdict: Verdict;
  readonly opened?: Incident;
  readonly closed?: Incident & { readonly closedAt: string };
  readonly asked?: AskedPlan;
  /** Canonical snapshot; its hash is in the ledger. */
  readonly baseline?: unknown;
};

export type Incidents = {
  /**
   * Writes what an assess found, all or nothing. May run twice: an incident opens once, and once closed stays closed.
   * One call, and one where something is asked; two more when an incident closes, to clear away what was asked, requested, approved and tried in it.
   * Returns whether this opened or closed the incident: `false` where a run before it did, or nothing opens or closes.
   */
  record(keyId: string, record: AssessRecord): Promise<boolean>;
  read(keyId: string, id: string): Promise<Incident | undefined>;
  /** The incident of this id, whosever it is. One call for every 1,000 rows of keys. */
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

/** With the plan's id in a column, by the beginning of which it is found. */
const askedRow = (keyId: string, asked: AskedPlan): Row => ({
  ...documentRow(keyId, rowNames.asked(asked.planId), asked),
  planId: asked.planId,
});

const findingsOf = (keyId: string, { verdict, asked, baseline }: AssessRecord): readonly Change[] => [
  // Its kind is a column too, so that the verdicts of all keys are told apart without being read.
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
    // A retry: the incident has been opened, or closed, before.
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
