import * as z from 'zod/mini';
import type { Approval } from '../remediation/model/records.ts';
import type { KeyRow } from '../remediation/protocol/wake.ts';
import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import { documents, type EndedStep, type KeyState, type StepRequest } from './key-state.ts';
import { rowKeyOf } from './row-key.ts';
import type { Row, StoredRow } from './table.ts';

/**
 * All rows of a key share a partition, so that one query reads them and one transaction changes several. What is in
 * force is named `now:…`, the closed incidents `past:…`: they never slow an assess down.
 */
export const partitionOf = (keyId: string): string => rowKeyOf(keyId);

export const rowNames = {
  wake: 'now:wake',
  verdict: 'now:verdict',
  consumers: 'now:consumers',
  baseline: 'now:baseline',
  incident: (id: string) => `now:incident:${id}`,
  asked: (planId: string) => `now:asked:${rowKeyOf(planId)}`,
  approval: ({ incident, planId, at, by }: Approval) => `now:approval:${rowKeyOf(incident, planId, at, by)}`,
  request: ({ step, target, by }: StepRequest) => `now:request:${rowKeyOf(step, target, by)}`,
  attempt: ({ incident, stepId, at }: EndedStep) => `now:attempt:${rowKeyOf(incident, stepId, at)}`,
  pastIncident: (id: string) => `past:incident:${id}`,
};

export const rowsInForce = (keyId: string): string =>
  `PartitionKey eq '${partitionOf(keyId)}' and RowKey ge 'now:' and RowKey lt 'now;'`;

export const documentRow = (keyId: string, rowKey: string, document: unknown): Row => ({
  partitionKey: partitionOf(keyId),
  rowKey,
  keyId,
  ...toJsonColumns(document),
});

export const wakeRow = (row: KeyRow): Row => ({
  partitionKey: partitionOf(row.keyId),
  rowKey: rowNames.wake,
  keyId: row.keyId,
  wanted: row.wanted,
  assessed: row.assessed,
});

/** Throws when the row's numbers are not numbers: a wake-up must not be taken for another. */
export const readWakeRow = (stored: StoredRow): KeyRow => {
  const { keyId, wanted, assessed } = stored;
  if (typeof keyId === 'string' && Number.isInteger(wanted) && Number.isInteger(assessed)) {
    return { keyId, wanted: Number(wanted), assessed: Number(assessed) };
  }
  throw new Error(`The row ${stored.partitionKey}/${stored.rowKey} is damaged: wanted and assessed must be integers.`);
};

type Documents = typeof documents;
type Read = { readonly values: Map<string, unknown[]>; readonly unreadable: string[] };

const kindOf = (stored: StoredRow): string => stored.rowKey.split(':')[1] ?? '';

const schemaOf = (kind: string) => (kind in documents ? documents[kind as keyof Documents] : z.unknown());

const readDocuments = (rows: readonly StoredRow[]): Read => {
  const read: Read = { values: new Map(), unreadable: [] };
  for (const row of rows) {
    try {
      const value = z.parse(schemaOf(kindOf(row)), fromJsonColumns(row));
      read.values.set(kindOf(row), [...(read.values.get(kindOf(row)) ?? []), value]);
    } catch {
      read.unreadable.push(row.rowKey);
    }
  }
  return read;
};

/** The state that the rows in force of one key make up. */
export const readState = (keyId: string, rows: readonly StoredRow[]): KeyState => {
  const wake = rows.find((row) => row.rowKey === rowNames.wake);
  const { values, unreadable } = readDocuments(rows.filter((row) => row !== wake));
  const all = <Kind extends keyof Documents>(kind: Kind) => (values.get(kind) ?? []) as z.infer<Documents[Kind]>[];
  const verdict = all('verdict')[0];
  return {
    keyId,
    row: wake ? readWakeRow(wake) : { keyId, wanted: 0, assessed: 0 },
    rowTag: wake?.etag,
    verdict: verdict as KeyState['verdict'],
    incident: all('incident').sort((one, other) =>
      one.openedAt.localeCompare(other.openedAt),
    )[0] as KeyState['incident'],
    asked: all('asked').sort((one, other) => other.at.localeCompare(one.at)),
    approvals: all('approval'),
    requests: all('request') as KeyState['requests'],
    attempts: all('attempt'),
    consumers: all('consumers')[0],
    baseline: values.get('baseline')?.[0],
    unreadable,
  };
};
