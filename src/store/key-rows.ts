import { sha256 } from '../remediation/model/canonical.ts';
import { giveUp, isForgotten, leave, raise, settle } from '../remediation/protocol/wake.ts';
import { mayBePaused, openConsumerIndex } from './consumer-index.ts';
import { keyIdOf, partitionOf, readState, readWakeRowOf, rowNames, rowsInForce, wakeRow } from './key-partition.ts';
import type { KeyState, StepRequest } from './key-state.ts';
import type { StoredRow, Table } from './table.ts';

/** Keys whose partition is at or after `from` and before `to`. */
export type RowRange = { readonly from: string; readonly to: string };

/**
 * `row`: the partition of the key's rows; keys are listed in this order. `cost`: left out where the versions were never
 * read.
 */
export type UsedKey = { readonly keyId: string; readonly row: string; readonly cost?: number };

/**
 * `tag`: another one after each write to what `listPinned` shows of the key; left out where storage does not say by what a row is
 * recognized as the same.
 */
export type PinnedTag = { readonly row: string; readonly tag?: string };

export type Raised = {
  readonly number: number;
  readonly assessed: number;
  readonly generation: number;
  /** The numbers of the row were damaged: the row was written anew. */
  readonly wasDamaged?: true;
};

/** `isOpen`: the key has an open incident. */
export type Unsettled = Pick<KeyState, 'keyId'> & { readonly generation: number; readonly isOpen: boolean };

/** The kind of the last verdict of a key; `undefined` for a verdict of an earlier version. */
export type VerdictKind = Pick<KeyState, 'keyId'> & { readonly kind: string | undefined; readonly isFailing: boolean };

/** The results of the last assesses, without the consumers of the key. */
export type Said = Pick<KeyState, 'keyId' | 'verdict' | 'incident' | 'failing' | 'unreadable'>;

export type KeyRows = {
  /**
   * Invariant `no-wake-is-lost`: raises `wanted`. `number` is its new value, `assessed` is the value in the row. Two
   * calls.
   */
  raise(keyId: string): Promise<Raised>;
  /**
   * Like `raise`, for a key that must be looked at anew: its pause is deleted before the number is raised, so that the
   * run for this number does not see the pause. Two calls, and two more where there was a pause.
   */
  raiseAnew(keyId: string): Promise<Raised>;
  /**
   * Gives up the key's instance of this generation; several callers at the same time give it up once. Returns the next
   * generation. Two calls.
   */
  giveUp(keyId: string, generation: number): Promise<number>;
  /**
   * Makes sure that no wake-up starts the key's instance of this generation from now on; `false` where a wake-up may.
   * One call where the row points at another generation, else two.
   */
  leave(keyId: string, generation: number): Promise<boolean>;
  /** All rows of a key that are in force. One call. */
  read(keyId: string): Promise<KeyState>;
  /**
   * Invariant `no-wake-is-lost`: sets `assessed` to `wanted`; `false` when a wake-up came since `wanted` was read: then
   * the key is assessed again. One call with the `rowTag` of the state that the assess read (only for a row without a
   * generation); two without it.
   */
  settle(keyId: string, wanted: number, rowTag?: string): Promise<boolean>;
  /**
   * Deletes the rows in force of a key, if `isForgettable` is true for the state as read now. Each row is deleted only
   * if it is unchanged, and the verdict last: a row that another writer changes meanwhile stays, with all rows after
   * it. One call, and one for each row.
   */
  forget(keyId: string, isForgettable: (state: KeyState) => boolean): Promise<void>;
  /** Every key with a known consumer, and the cost of reading its pinned versions. One call per 1,000 keys. */
  listUsed(): AsyncIterable<UsedKey>;
  /**
   * Ids of the keys with a version in use that expires by then (ISO 8601). One call per 1,000 ids; storage scans the
   * whole table.
   */
  listExpiring(until: string): AsyncIterable<string>;
  /**
   * Every key in the range, or those whose partition is wanted, with only its known consumers and its verdict. One call per
   * 1,000 rows.
   */
  listPinned(
    range: RowRange,
    isWanted?: (partition: string) => boolean,
  ): AsyncIterable<Pick<KeyState, 'keyId' | 'consumers' | 'verdict'>>;
  /** The partition of a key's rows, without a call. */
  rowOf(keyId: string): string;
  /** Of every key in the range with known consumers only whether `listPinned` would show the same. One call per 1,000 rows. */
  listPinnedTags(range: RowRange): AsyncIterable<PinnedTag>;
  /** Every key in the range that has a baseline, with only that. One call per 1,000 keys. */
  listBaselines(range: RowRange): AsyncIterable<Pick<KeyState, 'keyId' | 'baseline'>>;
  /** Every key with only its known consumers. One call per 1,000 keys. */
  listConsumers(onDamaged?: OnDamaged): AsyncIterable<Pick<KeyState, 'keyId' | 'consumers'>>;
  /** Every key with only its known consumers and its baseline. One call per 500 keys. */
  listUsers(): AsyncIterable<Pick<KeyState, 'keyId' | 'consumers' | 'baseline'>>;
  /**
   * Every key with a wake-up that was not assessed, or with an open incident, without its other data. One call per
   * 1,000 keys.
   */
  listUnsettled(): AsyncIterable<Unsettled>;
  /** Every key that was assessed, with only the kind of its verdict. One call per 1,000 keys. */
  listVerdictKinds(): AsyncIterable<VerdictKind>;
  /** Every key that was assessed, with only its verdict and its open incident. One call per 1,000 rows or 4 MiB. */
  listSaid(): AsyncIterable<Said>;
  /** Every key of which a plan is asked with this id, or with an id that begins so. One call, and one for each key. */
  listAsked(named: string): AsyncIterable<KeyState>;
  /** Every request that people have made, with its key. One call per 1,000 requests. */
  listRequests(): AsyncIterable<{ readonly keyId: string; readonly request: StepRequest }>;
  /** Every key with a row, or only those in the range. One call per 1,000 rows. */
  list(range?: RowRange): AsyncIterable<KeyState>;
};

/** Called for a partition whose rows do not name their key: that key cannot be looked at by its rows. */
export type OnDamaged = (partition: string) => void;

/** The first row that names its key is enough: each takes a hash to check. */
const keyIdIn = (rows: readonly StoredRow[]): string | undefined => {
  for (const row of rows) {
    const keyId = keyIdOf(row);
    if (keyId !== undefined) return keyId;
  }
  return undefined;
};

async function* groupByKey(rows: AsyncIterable<StoredRow>, onDamaged: OnDamaged = () => {}): AsyncGenerator<KeyState> {
  let group: StoredRow[] = [];
  const stateOf = (): readonly KeyState[] => {
    const [first] = group;
    const keyId = keyIdIn(group);
    if (keyId !== undefined) return [readState(keyId, group)];
    if (first) onDamaged(first.partitionKey);
    return [];
  };
  for await (const row of rows) {
    if (group[0] && group[0].partitionKey !== row.partitionKey) {
      yield* stateOf();
      group = [];
    }
    group.push(row);
  }
  yield* stateOf();
}

const HEAD = `RowKey eq '${rowNames.consumers}'`;
/** The head row, and the row of each consumer. */
const CONSUMERS = "(RowKey ge 'now:consumer' and RowKey lt 'now:consumet')";
const BASELINE = `RowKey eq '${rowNames.baseline}'`;
const VERDICT = `RowKey eq '${rowNames.verdict}'`;
const IN_FORCE = "RowKey ge 'now:' and RowKey lt 'now;'";
const INCIDENTS = "RowKey ge 'now:incident:' and RowKey lt 'now:incident;'";

const FAILING = `RowKey eq '${rowNames.failing}'`;

/** The number of hex digits of a whole plan id. */
const WHOLE = 64;

const REQUESTS = "RowKey ge 'now:request:' and RowKey lt 'now:request;'";

const within = ({ from, to }: RowRange, filter: string): string =>
  `PartitionKey ge '${from}' and PartitionKey lt '${to}' and ${filter}`;

/**
 * More than any key costs, also with thousands of versions in use. Sweep and probe take as long as the costliest vault demands,
 * so that a row that says more would halt them.
 */
const MOST_COST = 100_000;

const costIn = (cost: unknown): number | undefined =>
  typeof cost === 'number' && cost > 0 ? Math.min(cost, MOST_COST) : undefined;

async function* usedIn(keys: Table): AsyncGenerator<UsedKey> {
  for await (const row of keys.query(HEAD, ['keyId', 'cost'])) {
    const keyId = keyIdOf(row);
    const cost = costIn(row['cost']);
    if (keyId !== undefined) yield { keyId, row: row.partitionKey, ...(cost !== undefined && { cost }) };
  }
}

async function* expiringIn(keys: Table, until: string): AsyncGenerator<string> {
  for await (const row of keys.query(`${HEAD} and expires le '${new Date(until).toISOString()}'`, ['keyId'])) {
    const keyId = keyIdOf(row);
    if (keyId !== undefined) yield keyId;
  }
}

const PINNED = `(${CONSUMERS} or ${VERDICT})`;

async function* pinnedIn(keys: Table, range: RowRange, isWanted: (partition: string) => boolean) {
  for await (const row of keys.query(within(range, PINNED))) if (isWanted(row.partitionKey)) yield row;
}

async function* pinnedTagsIn(keys: Table, range: RowRange): AsyncGenerator<PinnedTag> {
  let row: string | undefined;
  let seen: string[] = [];
  let isWhole = true;
  // A key whose only row is a verdict has no consumers, and a hash is as long for a thousand of them as for one.
  const tagOf = (): readonly PinnedTag[] =>
    row === undefined || !seen.some((one) => !one.startsWith(`${rowNames.verdict} `))
      ? []
      : [{ row, ...(isWhole && { tag: sha256(seen.join()) }) }];
  for await (const { etag, partitionKey, rowKey } of keys.query(within(range, PINNED), [])) {
    if (row !== partitionKey) {
      yield* tagOf();
      [row, seen, isWhole] = [partitionKey, [], true];
    }
    isWhole &&= typeof etag === 'string' && etag !== '';
    seen.push(`${rowKey} ${etag}`);
  }
  yield* tagOf();
}

async function* unsettledIn(keys: Table): AsyncGenerator<Unsettled> {
  const columns = ['keyId', 'wanted', 'assessed', 'generation'];
  let open: string | undefined;
  // The rows sort by name: the incidents of a key come before its wake row.
  for await (const row of keys.query(`RowKey eq '${rowNames.wake}' or (${INCIDENTS})`, columns)) {
    const keyId = keyIdOf(row);
    if (keyId === undefined) continue;
    if (open !== undefined && open !== keyId) {
      yield { keyId: open, generation: 0, isOpen: true };
      open = undefined;
    }
    if (row.rowKey !== rowNames.wake) {
      open = keyId;
      continue;
    }
    const wake = readWakeRowOf(row, keyId);
    const isOpen = open !== undefined;
    if (isOpen || isForgotten(wake)) yield { keyId, generation: wake.generation ?? 0, isOpen };
    open = undefined;
  }
  if (open !== undefined) yield { keyId: open, generation: 0, isOpen: true };
}

async function* verdictKindsIn(keys: Table): AsyncGenerator<VerdictKind> {
  let failing: string | undefined;
  // The rows sort by name: the row of failures comes before the verdict. A key may have only one of the two.
  for await (const row of keys.query(`${FAILING} or ${VERDICT}`, ['keyId', 'kind'])) {
    const keyId = keyIdOf(row);
    if (keyId === undefined) continue;
    if (failing !== undefined && failing !== keyId) yield { keyId: failing, kind: undefined, isFailing: true };
    if (row.rowKey === rowNames.failing) {
      failing = keyId;
      continue;
    }
    yield { keyId, kind: typeof row['kind'] === 'string' ? row['kind'] : undefined, isFailing: failing === keyId };
    failing = undefined;
  }
  if (failing !== undefined) yield { keyId: failing, kind: undefined, isFailing: true };
}

const readAll = async (keys: Table, keyId: string): Promise<KeyState> =>
  readState(keyId, await keys.all(rowsInForce(keyId)));

/**
 * Rows of earlier versions have no column for the plan's id: only the whole id finds them. `g` sorts after every
 * hexadecimal digit.
 */
async function* askedIn(keys: Table, named: string): AsyncGenerator<KeyState> {
  const filter =
    named.length === WHOLE ? `RowKey eq '${rowNames.asked(named)}'` : `planId ge '${named}' and planId lt '${named}g'`;
  let last: string | undefined;
  // Rows come in the order of their keys, so each key is read once. A caller that stops early causes no further reads.
  for await (const { keyId } of keys.query(filter, ['keyId'])) {
    if (keyId === last) continue;
    last = String(keyId);
    yield await readAll(keys, last);
  }
}

async function* requestsIn(keys: Table): ReturnType<KeyRows['listRequests']> {
  for await (const { keyId, requests } of groupByKey(keys.query(REQUESTS)))
    for (const request of requests) yield { keyId, request };
}

const readRow = async (
  keys: Table,
  keyId: string,
): Promise<{ row: ReturnType<typeof readWakeRowOf>; etag: string } | undefined> => {
  const stored = await keys.get(partitionOf(keyId), rowNames.wake);
  return stored && { row: readWakeRowOf(stored, keyId), etag: stored.etag };
};

/**
 * Reads the wake row together with the head of the key's consumers, and ends the key's pause where the head may hold
 * one.
 */
const readRowAnew = async (keys: Table, keyId: string): ReturnType<typeof readRow> => {
  const wake = `RowKey eq '${rowNames.wake}'`;
  const rows = await keys.all(`PartitionKey eq '${partitionOf(keyId)}' and (${HEAD} or ${wake})`);
  const stored = rows.find(({ rowKey }) => rowKey === rowNames.wake);
  const head = rows.find(({ rowKey }) => rowKey === rowNames.consumers);
  if (head && mayBePaused(head)) await openConsumerIndex(keys).endPause(keyId);
  return stored && { row: readWakeRowOf(stored, keyId), etag: stored.etag };
};

const raiseIn = async (keys: Table, keyId: string, read = readRow): Promise<Raised> => {
  for (;;) {
    const seen = await read(keys, keyId);
    const row = raise(seen?.row, keyId);
    const written = seen
      ? await keys.write({ kind: 'replace', row: wakeRow(row), etag: seen.etag })
      : await keys.write({ kind: 'create', row: wakeRow(row) });
    if (written === undefined) continue;
    const damage = seen?.row.isDamaged ? { wasDamaged: true as const } : {};
    return { number: row.wanted, assessed: row.assessed, generation: row.generation ?? 0, ...damage };
  }
};

const giveUpIn = async (keys: Table, keyId: string, generation: number): Promise<number> => {
  for (;;) {
    const seen = await readRow(keys, keyId);
    const row = seen && giveUp(seen.row, generation);
    if (!row) return seen?.row.generation ?? 0;
    const written = await keys.write({ kind: 'replace', row: wakeRow(row), etag: seen.etag });
    if (written !== undefined) return generation + 1;
  }
};

const leaveIn = async (keys: Table, keyId: string, generation: number): Promise<boolean> => {
  const seen = await readRow(keys, keyId);
  if (!seen || (seen.row.generation ?? 0) !== generation) return true;
  const row = leave(seen.row, generation);
  // Another writer has changed the row meanwhile, most likely a wake-up: the caller can try again later.
  return row !== undefined && (await keys.write({ kind: 'replace', row: wakeRow(row), etag: seen.etag })) !== undefined;
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

/** With this order, a sweep that stops halfway leaves a key that the next sweep still finds forgettable. */
const FORGOTTEN = [rowNames.consumers, rowNames.wake, rowNames.verdict];

const forgetIn = async (keys: Table, keyId: string, isForgettable: Parameters<KeyRows['forget']>[1]): Promise<void> => {
  const rows = await keys.all(rowsInForce(keyId));
  if (!isForgettable(readState(keyId, rows))) return;
  for (const name of FORGOTTEN) {
    const row = rows.find(({ rowKey }) => rowKey === name);
    if (row && !(await keys.remove(row.partitionKey, row.rowKey, row.etag))) return;
  }
};

export const openKeyRows = (keys: Table): KeyRows => ({
  raise: (keyId) => raiseIn(keys, keyId),
  raiseAnew: (keyId) => raiseIn(keys, keyId, readRowAnew),
  giveUp: (keyId, generation) => giveUpIn(keys, keyId, generation),
  leave: (keyId, generation) => leaveIn(keys, keyId, generation),
  read: (keyId) => readAll(keys, keyId),
  settle: async (keyId, wanted, rowTag) => {
    // The write succeeds only if the row still has the ETag that it had when `wanted` was read.
    const row = wakeRow({ keyId, wanted, assessed: wanted });
    const written = rowTag && (await keys.write({ kind: 'replace', row, etag: rowTag }));
    return written ? true : settleIn(keys, keyId, wanted);
  },
  forget: (keyId, isForgettable) => forgetIn(keys, keyId, isForgettable),
  listUsed: () => usedIn(keys),
  listExpiring: (until) => expiringIn(keys, until),
  listPinned: (range, isWanted = () => true) => groupByKey(pinnedIn(keys, range, isWanted)),
  rowOf: partitionOf,
  listPinnedTags: (range) => pinnedTagsIn(keys, range),
  listBaselines: (range) => groupByKey(keys.query(within(range, BASELINE))),
  listConsumers: (onDamaged) => groupByKey(keys.query(CONSUMERS), onDamaged),
  listUsers: () => groupByKey(keys.query(`${CONSUMERS} or ${BASELINE}`)),
  listUnsettled: () => unsettledIn(keys),
  listVerdictKinds: () => verdictKindsIn(keys),
  listSaid: () => groupByKey(keys.query(`${VERDICT} or ${FAILING} or (${INCIDENTS})`)),
  listAsked: (planId) => askedIn(keys, planId),
  listRequests: () => requestsIn(keys),
  list: (range) => groupByKey(keys.query(range ? within(range, IN_FORCE) : IN_FORCE)),
});
