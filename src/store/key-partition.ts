import * as z from 'zod/mini';
import type { ConsumerFacts } from '../remediation/model/facts.ts';
import type { Approval, Rejection } from '../remediation/model/records.ts';
import type { KeyRow } from '../remediation/protocol/wake.ts';
import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import { documents, type EndedStep, type KeyState, type KnownConsumers, type StepRequest } from './key-state.ts';
import { rowKeyOf } from './row-key.ts';
import type { Row, StoredRow } from './table.ts';

/**
 * All rows of a key share a partition, so that one query reads them and one transaction changes several. Rows in force
 * are named `now:…`. Closed incidents are named `past:…`, and never slow an assess down.
 */
export const partitionOf = (keyId: string): string => rowKeyOf(keyId);

export const rowNames = {
  wake: 'now:wake',
  verdict: 'now:verdict',
  consumers: 'now:consumers',
  consumer: (name: string) => `now:consumer:${name}`,
  baseline: 'now:baseline',
  failing: 'now:failing',
  way: 'now:way',
  incident: (id: string) => `now:incident:${id}`,
  asked: (planId: string) => `now:asked:${rowKeyOf(planId)}`,
  approval: ({ incident, planId, at, by }: Approval) => `now:approval:${rowKeyOf(incident, planId, at, by)}`,
  rejection: ({ incident, planId, at, by }: Rejection) => `now:rejection:${rowKeyOf(incident, planId, at, by)}`,
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
  generation: row.generation,
});

/** The key id in a row, if it fits the row's partition, which is named by a hash of the key id. */
export const keyIdOf = ({ keyId, partitionKey }: StoredRow): string | undefined =>
  typeof keyId === 'string' && partitionOf(keyId) === partitionKey ? keyId : undefined;

/** A number above every wake-up number given so far, since a wake-up takes longer than a millisecond. */
const beyondAll = (): number => Date.now();

/**
 * A wake row with damaged numbers counts as a row with a wake-up that was not assessed, with a number above all earlier
 * ones. So no wake-up is taken for another one, and the next wake-up writes the row anew.
 */
export const readWakeRowOf = (stored: StoredRow, keyId: string): KeyRow & { readonly isDamaged?: true } => {
  try {
    return readWakeRow(stored);
  } catch {
    const wanted = beyondAll();
    return { keyId, wanted, assessed: wanted - 1, isDamaged: true };
  }
};

/** Throws when a column of numbers does not hold a number. */
const readWakeRow = (stored: StoredRow): KeyRow => {
  const { wanted, assessed, generation } = stored;
  const keyId = keyIdOf(stored);
  if (keyId !== undefined && Number.isInteger(wanted) && Number.isInteger(assessed)) {
    const given = Number.isInteger(generation) ? { generation: Number(generation) } : {};
    return { keyId, wanted: Number(wanted), assessed: Number(assessed), ...given };
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

const nameOf = ({ id, use = 'active', pinned }: ConsumerFacts): string => `${id.toLowerCase()} ${use} ${pinned.kid}`;

/**
 * The known consumers of a key. Earlier versions stored all of them in the head row: a consumer's own row counts before
 * the head row.
 */
export const consumersIn = (
  head: KnownConsumers | undefined,
  rows: readonly { readonly facts: ConsumerFacts; readonly pinReadAt?: string | undefined }[],
): KnownConsumers | undefined => {
  if (!head && rows.length === 0) return undefined;
  const own = new Map(rows.map(({ facts }) => [nameOf(facts), facts]));
  const former = (head?.consumers ?? []).filter((facts) => !own.has(nameOf(facts)));
  const pins = rows.flatMap(({ facts, pinReadAt }) =>
    pinReadAt ? [[facts.id.toLowerCase(), pinReadAt] as const] : [],
  );
  const pinsReadAt = { ...head?.pinsReadAt, ...Object.fromEntries(pins) };
  return {
    ...head,
    at: head?.at ?? '',
    consumers: [...former, ...own.values()].toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)),
    ...(Object.keys(pinsReadAt).length > 0 && { pinsReadAt }),
  };
};

/** The state of a key, from its rows in force. */
export const readState = (keyId: string, rows: readonly StoredRow[]): KeyState => {
  const wake = rows.find((row) => row.rowKey === rowNames.wake);
  const { values, unreadable } = readDocuments(rows.filter((row) => row !== wake));
  const all = <Kind extends keyof Documents>(kind: Kind) => (values.get(kind) ?? []) as z.infer<Documents[Kind]>[];
  const verdict = all('verdict')[0];
  return {
    keyId,
    row: wake ? readWakeRowOf(wake, keyId) : { keyId, wanted: 0, assessed: 0 },
    rowTag: wake?.etag,
    verdict: verdict as KeyState['verdict'],
    incident: all('incident').sort((one, other) =>
      one.openedAt.localeCompare(other.openedAt),
    )[0] as KeyState['incident'],
    asked: all('asked').sort((one, other) => other.at.localeCompare(one.at)),
    approvals: all('approval'),
    rejections: all('rejection').sort((one, other) => one.at.localeCompare(other.at)),
    requests: all('request') as KeyState['requests'],
    attempts: all('attempt'),
    consumers: consumersIn(all('consumers')[0], all('consumer')),
    wayChangedAt: all('way')[0]?.changedAt,
    baseline: values.get('baseline')?.[0],
    failing: all('failing')[0],
    unreadable,
  };
};
