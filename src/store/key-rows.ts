import { isForgotten, type KeyRow, raise, settle } from '../remediation/protocol/wake.ts';
import { partitionOf, readState, readWakeRow, rowNames, rowsInForce, wakeRow } from './key-partition.ts';
import type { KeyState } from './key-state.ts';
import type { StoredRow, Table } from './table.ts';

/** Keys whose partition is at or after `from` and before `to`. */
export type KeyRange = { readonly from: string; readonly to: string };

export type UsedKey = { readonly keyId: string; readonly cost: number };

export type KeyRows = {
  /** Invariant 4: raises `wanted`. `number` is its new value, `assessed` is what the row held. Two calls. */
  raise(keyId: string): Promise<{ readonly number: number; readonly assessed: number }>;
  /** All rows of a key that are in force. One call. */
  read(keyId: string): Promise<KeyState>;
  /**
   * Invariant 4: sets `assessed` to `wanted`; `false` when a wake-up came since `wanted` was read: assess again.
   * With the `rowTag` of the state that the assess read, one call; without it, two.
   */
  settle(keyId: string, wanted: number, rowTag?: string): Promise<boolean>;
  /** Every key that is known to be used, and what reading its pinned versions costs. One call per 1,000 keys. */
  listUsed(): AsyncIterable<UsedKey>;
  /** Every key in the range with its known consumers and its verdict, and nothing else. One call per 1,000 rows. */
  listPinned(range: KeyRange): AsyncIterable<Pick<KeyState, 'keyId' | 'consumers' | 'verdict'>>;
  /** Every key with its known consumers, and nothing else. One call per 1,000 keys. */
  listConsumers(): AsyncIterable<Pick<KeyState, 'keyId' | 'consumers'>>;
  /** Every key whose wake-up was not assessed, or with an open incident, and nothing else of it. One call per 1,000 keys. */
  listUnsettled(): AsyncIterable<Pick<KeyState, 'keyId'>>;
  /** Every key of which this plan is asked. One call, and one for each. */
  listAsked(planId: string): AsyncIterable<KeyState>;
  /** Every key of which there is a row, in the range where there is one. One call per 1,000 rows. */
  list(range?: KeyRange): AsyncIterable<KeyState>;
};

async function* groupByKey(rows: AsyncIterable<StoredRow>): AsyncGenerator<KeyState> {
  let group: StoredRow[] = [];
  for await (const row of rows) {
    const [first] = group;
    if (first && first.partitionKey !== row.partitionKey) {
      yield readState(String(first['keyId']), group);
      group = [];
    }
    group.push(row);
  }
  const [first] = group;
  if (first) yield readState(String(first['keyId']), group);
}

const CONSUMERS = `RowKey eq '${rowNames.consumers}'`;
const VERDICT = `RowKey eq '${rowNames.verdict}'`;
const IN_FORCE = "RowKey ge 'now:' and RowKey lt 'now;'";
const INCIDENTS = "RowKey ge 'now:incident:' and RowKey lt 'now:incident;'";

const within = ({ from, to }: KeyRange, filter: string): string =>
  `PartitionKey ge '${from}' and PartitionKey lt '${to}' and ${filter}`;

async function* usedIn(keys: Table): AsyncGenerator<UsedKey> {
  for await (const { keyId, cost } of keys.query(CONSUMERS, ['keyId', 'cost'])) {
    yield { keyId: String(keyId), cost: typeof cost === 'number' ? cost : 1 };
  }
}

async function* unsettledIn(keys: Table): AsyncGenerator<Pick<KeyState, 'keyId'>> {
  const columns = ['keyId', 'wanted', 'assessed'];
  let last = '';
  for await (const row of keys.query(`RowKey eq '${rowNames.wake}' or (${INCIDENTS})`, columns)) {
    if (row.partitionKey === last || (row.rowKey === rowNames.wake && !isForgotten(readWakeRow(row)))) continue;
    last = row.partitionKey;
    yield { keyId: String(row['keyId']) };
  }
}

const readAll = async (keys: Table, keyId: string): Promise<KeyState> =>
  readState(keyId, await keys.all(rowsInForce(keyId)));

async function* askedIn(keys: Table, planId: string): AsyncGenerator<KeyState> {
  for await (const { keyId } of keys.query(`RowKey eq '${rowNames.asked(planId)}'`, ['keyId'])) {
    yield await readAll(keys, String(keyId));
  }
}

const readRow = async (keys: Table, keyId: string): Promise<{ row: KeyRow; etag: string } | undefined> => {
  const stored = await keys.get(partitionOf(keyId), rowNames.wake);
  return stored && { row: readWakeRow(stored), etag: stored.etag };
};

const raiseIn = async (keys: Table, keyId: string): Promise<{ number: number; assessed: number }> => {
  for (;;) {
    const seen = await readRow(keys, keyId);
    const row = raise(seen?.row, keyId);
    const written = seen
      ? await keys.write({ kind: 'replace', row: wakeRow(row), etag: seen.etag })
      : await keys.write({ kind: 'create', row: wakeRow(row) });
    if (written !== undefined) return { number: row.wanted, assessed: row.assessed };
  }
};

const settleIn = async (keys: Table, keyId: string, wanted: number): Promise<boolean> => {
  for (;;) {
    const seen = await readRow(keys, keyId);
    const settled = seen && settle(seen.row, wanted);
    if (!settled) return false;
    const written = await keys.write({ kind: 'replace', row: wakeRow(settled), etag: seen.etag });
    if (written !== undefined) return true;
  }
};

export const openKeyRows = (keys: Table): KeyRows => ({
  raise: (keyId) => raiseIn(keys, keyId),
  read: (keyId) => readAll(keys, keyId),
  settle: async (keyId, wanted, rowTag) => {
    // The row still has the tag that it had when `wanted` was read: it is the row that was read.
    const row = wakeRow({ keyId, wanted, assessed: wanted });
    const written = rowTag && (await keys.write({ kind: 'replace', row, etag: rowTag }));
    return written ? true : settleIn(keys, keyId, wanted);
  },
  listUsed: () => usedIn(keys),
  listPinned: (range) => groupByKey(keys.query(within(range, `(${CONSUMERS} or ${VERDICT})`))),
  listConsumers: () => groupByKey(keys.query(CONSUMERS)),
  listUnsettled: () => unsettledIn(keys),
  listAsked: (planId) => askedIn(keys, planId),
  list: (range) => groupByKey(keys.query(range ? within(range, IN_FORCE) : IN_FORCE)),
});
