import * as z from 'zod/mini';
import { fromJsonColumns } from './json-columns.ts';
import { documentRow, partitionOf, readState, rowNames, rowsInForce } from './key-partition.ts';
import { type AskedPlan, type Incident, incidentSchema, type KeyState, type Verdict } from './key-state.ts';
import type { Change, StoredRow, Table } from './table.ts';

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
   * One call; two more when an incident closes, to clear away what was asked, requested, approved and tried in it.
   */
  record(keyId: string, record: AssessRecord): Promise<void>;
  read(keyId: string, id: string): Promise<Incident | undefined>;
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

const findingsOf = (keyId: string, { verdict, asked, baseline }: AssessRecord): readonly Change[] => [
  { kind: 'put', row: documentRow(keyId, rowNames.verdict, verdict) },
  ...(asked ? [{ kind: 'put', row: documentRow(keyId, rowNames.asked(asked.planId), asked) } as const] : []),
  ...(baseline === undefined ? [] : [{ kind: 'put', row: documentRow(keyId, rowNames.baseline, baseline) } as const]),
];

const rowsEndedBy = (state: KeyState, incident: Incident & { readonly closedAt: string }): readonly string[] => [
  ...state.asked.filter((plan) => plan.incident === incident.id).map((plan) => rowNames.asked(plan.planId)),
  ...state.approvals
    .filter((approval) => approval.incident === incident.id)
    .map((approval) => rowNames.approval(approval)),
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

export const openIncidents = (keys: Table): Incidents => ({
  record: async (keyId, record) => {
    const findings = findingsOf(keyId, record);
    const whole = await keys.transact([...endsOf(keyId, record), ...findings]);
    // A retry: the incident has been opened, or closed, before.
    if (!whole) await keys.transact(findings);
    if (record.closed) await clearAway(keys, keyId, record.closed);
  },
  read: async (keyId, id) => {
    const row = await keys.get(partitionOf(keyId), rowNames.pastIncident(id));
    return row && toIncident(row);
  },
  list: async function* (keyId) {
    for await (const row of keys.query(pastRows(keyId))) yield toIncident(row);
  },
});
