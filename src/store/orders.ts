import * as z from 'zod/mini';
import { endOf } from '../remediation/model/in-force.ts';
import { isSame, named } from '../remediation/model/order-target.ts';
import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import { rowKeyOf } from './row-key.ts';
import type { Row, StoredRow, Table } from './table.ts';

type Order = { readonly by: string; readonly why: string; readonly until?: string };

/** `scope`: as `parseOrderTarget` reads it; without a scope the whole product is paused. */
export type Pause = Order & { readonly scope?: string };
export type ScopedPause = Order & { readonly scope: string };
export type DoNotHeal = Order & { readonly target: string };
export type ReadOnly = { readonly subscriptionId: string; readonly state: string; readonly at: string };
export type RootCause = { readonly cause: string; readonly at: string };

/** What applies to every key: the orders of people, and the recent root causes. */
export type OrdersInForce = {
  /** The pause of the whole product that ends last, even if it has ended. */
  readonly paused?: Pause;
  /** Every pause of one scope, even if it has ended. */
  readonly pausedScopes?: readonly ScopedPause[];
  readonly doNotHeal: readonly DoNotHeal[];
  /** Each root cause with every time at which it was recorded since the window began: the same key may break again. */
  readonly rootCauses: readonly RootCause[];
  /** The causes that waited for an order when it was lifted, and when; left out where none waited. */
  readonly lifted?: readonly RootCause[];
  /** When the last sweep began (ISO 8601); left out in an empty store. */
  readonly sweptAt?: string;
  /** Kinds of consumers that were seen to check their key after an update with the same key. */
  readonly seenToWork?: readonly string[];
  /** When a person last lifted the automatic pause after a silence (ISO 8601). */
  readonly restLiftedAt?: string;
  /** Subscriptions in which nothing can be written, and when that was read (ISO 8601); left out where there are none. */
  readonly readOnly?: readonly ReadOnly[];
  /** The number of keys in use at the last listing. */
  readonly keyCount?: number;
  readonly unreadable: readonly string[];
};

export type Orders = {
  /** One call. `since`: where the fuse's window begins. */
  inForce(since: string): Promise<OrdersInForce>;
  /** Adds a pause. No order ever replaces another order. */
  pause(pause: Pause): Promise<void>;
  /** Every stored pause, as it was given. */
  pauses(): Promise<readonly Pause[]>;
  /** Enters that a sweep begins at this time (ISO 8601). One call. */
  sweepBegins(at: string): Promise<void>;
  /** Enters that a consumer of this kind was seen to check its key after an update with the same key. One call. */
  sawWork(kind: string): Promise<void>;
  /** Enters that a person lifts the automatic pause after a silence at this time (ISO 8601). One call. */
  liftRest(at: string): Promise<void>;
  /** Enters the number of keys in use, where it has changed. One call, two where it has changed. */
  countKeys(keyCount: number): Promise<void>;
  /**
   * Deletes these pauses. Without an argument: deletes all pauses of the whole product, including rows that cannot be
   * read. A pause of a scope is deleted only if it is among the given ones.
   */
  resume(which?: readonly Pause[]): Promise<void>;
  /** Adds a do-not-heal order; no order replaces another. `target`: as `parseOrderTarget` reads it. */
  forbidHealing(order: DoNotHeal): Promise<void>;
  /** Every stored do-not-heal record for this target, in whatever spelling. */
  recordsOf(target: string): Promise<readonly DoNotHeal[]>;
  /** Deletes these records. Without `which`: deletes all records for this target, including rows that cannot be read. */
  allowHealing(target: string, which?: readonly DoNotHeal[]): Promise<void>;
  /** Enters the causes that waited for an order which is being lifted. One call. */
  rememberLifted(causes: readonly RootCause[]): Promise<void>;
  /** Enters the root causes of an assess that are new to the incident. One call. */
  rememberCauses(causes: readonly RootCause[]): Promise<void>;
  /**
   * Enters the subscriptions in which nothing can be written, and removes those in which writing works again. One call,
   * and one for each subscription that is or was read-only.
   */
  rememberReadOnly(readOnly: readonly ReadOnly[], writable: readonly string[]): Promise<void>;
  /** Deletes recorded causes and lifted causes from before this instant, at most 1,000 of each at once. */
  forgetCauses(before: string): Promise<void>;
  /**
   * Deletes the orders that ended by themselves before this instant (ISO 8601), since every assess reads all stored
   * orders.
   */
  forgetEnded(before: string): Promise<void>;
};

const PARTITION = 'orders';
const PAUSE = 'pause';
const SWEEP = 'sweep';
const REST = 'rest';
const ESTATE = 'estate';
const WORKS = 'works:';
const READ_ONLY = 'read-only:';

const orderSchema = z.object({ by: z.string(), why: z.string(), until: z.optional(z.string()) });
const pauseSchema = z.extend(orderSchema, { scope: z.optional(z.string()) });
const doNotHealSchema = z.extend(orderSchema, { target: z.string() });
const sweepSchema = z.object({ at: z.string() });
const estateSchema = z.object({ keyCount: z.number() });
const causeSchema = z.object({ cause: z.string(), at: z.string() });
const readOnlySchema = z.object({ subscriptionId: z.string(), state: z.string(), at: z.string() });
const worksSchema = z.object({ kind: z.string() });

const orderRow = (rowKey: string, document: unknown): Row => ({
  partitionKey: PARTITION,
  rowKey,
  ...toJsonColumns(document),
});

/** Rows of earlier versions have no such suffix: there was one order for each target. */
const doNotHealKey = (target: string): string => `do-not-heal:${rowKeyOf(target.toLowerCase())}`;

const nameOfOrder = ({ by, why, until = '', scope }: Pause): string =>
  rowKeyOf(by, why, until, ...(scope === undefined ? [] : [scope]));

// A version that does not know scopes reads a scoped pause as a pause of the whole product: it then does too little,
// never too much.
const pauseRow = (pause: Pause): Row => orderRow(`${PAUSE}:${nameOfOrder(pause)}`, pause);

const doNotHealRow = (order: DoNotHeal): Row => orderRow(`${doNotHealKey(order.target)}:${nameOfOrder(order)}`, order);

const between = (from: string, to: string): string =>
  `PartitionKey eq '${PARTITION}' and RowKey ge '${from}' and RowKey lt '${to}'`;

// Causes sort by time and before all other rows, so that one range holds the window's causes and all orders.
const causeRow = (cause: RootCause): Row => orderRow(`cause:${cause.at}:${rowKeyOf(cause.cause)}`, cause);

const liftedRow = (cause: RootCause): Row => orderRow(`lifted:${cause.at}:${rowKeyOf(cause.cause)}`, cause);

const firstOfEach = (causes: readonly RootCause[]): readonly RootCause[] =>
  causes.filter(({ cause }, index) => causes.findIndex((other) => other.cause === cause) === index);

const withoutUndefined = <T extends Order>({ until, ...rest }: Omit<T, 'until'> & { until?: string | undefined }) => ({
  ...rest,
  ...(until !== undefined && { until }),
});

const toPause = ({ scope, ...order }: z.infer<typeof pauseSchema>): Pause => ({
  ...withoutUndefined<Order>(order),
  ...(scope !== undefined && { scope }),
});

const isScoped = (pause: Pause): pause is ScopedPause => pause.scope !== undefined;

const readRow = <Schema extends z.ZodMiniType>(row: StoredRow, schema: Schema): z.infer<Schema> | undefined => {
  try {
    return z.parse(schema, fromJsonColumns(row));
  } catch {
    return undefined;
  }
};

const readOrders = (rows: readonly StoredRow[]): OrdersInForce => {
  const unreadable: string[] = [];
  const read = <Schema extends z.ZodMiniType>(prefix: string, schema: Schema): z.infer<Schema>[] =>
    rows
      .filter((row) => row.rowKey.startsWith(prefix))
      .flatMap((row) => {
        const value = readRow(row, schema);
        if (value === undefined) unreadable.push(row.rowKey);
        return value === undefined ? [] : [value];
      });
  const pauses = read(PAUSE, pauseSchema).map(toPause);
  const pausedScopes = pauses.filter(isScoped);
  const [paused] = pauses.filter((one) => !isScoped(one)).toSorted((one, other) => endOf(other) - endOf(one));
  const doNotHeal = read('do-not-heal:', doNotHealSchema).map((order) => withoutUndefined<DoNotHeal>(order));
  const rootCauses = read('cause:', causeSchema);
  const lifted = read('lifted:', causeSchema);
  const works = read(WORKS, worksSchema);
  const readOnly = read(READ_ONLY, readOnlySchema);
  const [sweep] = read(SWEEP, sweepSchema);
  const [rest] = read(REST, sweepSchema);
  const [estate] = read(ESTATE, estateSchema);
  return {
    ...(paused && { paused }),
    ...(pausedScopes.length > 0 && { pausedScopes }),
    ...(sweep && { sweptAt: sweep.at }),
    ...(rest && { restLiftedAt: rest.at }),
    ...(estate && { keyCount: estate.keyCount }),
    ...(lifted.length > 0 && { lifted }),
    ...(readOnly.length > 0 && { readOnly }),
    ...(works.length > 0 && { seenToWork: works.map(({ kind }) => kind) }),
    doNotHeal,
    rootCauses,
    unreadable,
  };
};

const forget = async (records: Table, prefix: string, before: string): Promise<void> => {
  const old = await records.first(between(prefix, `${prefix}${before}`), 1000);
  for (let start = 0; start < old.length; start += 100) {
    await records.transact(old.slice(start, start + 100).map((row) => ({ kind: 'delete', row })));
  }
};

/** An order without an end, or with an end that cannot be read, stays. */
const hasEnded = (row: StoredRow, before: string): boolean => {
  const order = readRow(row, orderSchema);
  return order !== undefined && endOf(withoutUndefined<Order>(order)) < Date.parse(before);
};

const forgetEnded = async (records: Table, before: string): Promise<void> => {
  for (const name of [PAUSE, 'do-not-heal'])
    for (const row of await records.all(between(`${name}:`, `${name};`)))
      if (hasEnded(row, before)) await records.remove(PARTITION, row.rowKey, row.etag);
};

type Stored<One> = { readonly row: StoredRow; readonly order: One | undefined };

const storedPauses = async (records: Table): Promise<readonly Stored<Pause>[]> =>
  (await records.all(between(PAUSE, `${PAUSE};`))).map((row) => {
    const order = readRow(row, pauseSchema);
    return { row, order: order && toPause(order) };
  });

/** A row that cannot be read still has its target in its name. */
const storedRecords = async (records: Table, target: string): Promise<readonly Stored<DoNotHeal>[]> => {
  const wanted = named(target);
  return (await records.all(between('do-not-heal:', 'do-not-heal;'))).flatMap((row) => {
    const order = readRow(row, doNotHealSchema);
    const isOf = order ? isSame(named(order.target), wanted) : row.rowKey.startsWith(doNotHealKey(target));
    return isOf ? [{ row, order: order && withoutUndefined<DoNotHeal>(order) }] : [];
  });
};

const isOne = <One extends Pause>(order: One | undefined, which: readonly One[] | undefined): boolean =>
  which === undefined || (order !== undefined && which.some((one) => nameOfOrder(one) === nameOfOrder(order)));

/** Deletes only the rows that were read: an order that is given meanwhile stays. */
const remove = async <One extends Pause>(
  records: Table,
  stored: readonly Stored<One>[],
  which: readonly One[] | undefined,
): Promise<void> => {
  for (const { row, order } of stored) if (isOne(order, which)) await records.remove(PARTITION, row.rowKey, row.etag);
};

const putEach = async (
  records: Table,
  rowOf: (cause: RootCause) => Row,
  causes: readonly RootCause[],
): Promise<void> => {
  const rows = firstOfEach(causes).map((cause) => ({ kind: 'put', row: rowOf(cause) }) as const);
  for (let start = 0; start < rows.length; start += 100) await records.transact(rows.slice(start, start + 100));
};

const putReadOnly = async (
  records: Table,
  readOnly: readonly ReadOnly[],
  writable: readonly string[],
): Promise<void> => {
  const over = new Set(writable.map((id) => `${READ_ONLY}${rowKeyOf(id.toLowerCase())}`));
  for (const { rowKey } of await records.all(between(READ_ONLY, 'read-only;')))
    if (over.has(rowKey)) await records.remove(PARTITION, rowKey, '*');
  for (const one of readOnly)
    await records.write({
      kind: 'put',
      row: orderRow(`${READ_ONLY}${rowKeyOf(one.subscriptionId.toLowerCase())}`, one),
    });
};

export const openOrders = (records: Table): Orders => ({
  inForce: async (since) =>
    readOrders(await records.all(`PartitionKey eq '${PARTITION}' and RowKey ge 'cause:${since}'`)),
  pause: async (pause) => {
    await records.write({ kind: 'put', row: pauseRow(pause) });
  },
  pauses: async () => (await storedPauses(records)).flatMap(({ order }) => order ?? []),
  resume: async (which) => {
    const stored = await storedPauses(records);
    const all = stored.filter(({ order }) => order === undefined || !isScoped(order));
    await remove(records, which === undefined ? all : stored, which);
  },
  sweepBegins: async (at) => {
    await records.write({ kind: 'put', row: orderRow(SWEEP, { at }) });
  },
  sawWork: async (kind) => {
    await records.write({ kind: 'put', row: orderRow(`${WORKS}${kind}`, { kind }) });
  },
  liftRest: async (at) => {
    await records.write({ kind: 'put', row: orderRow(REST, { at }) });
  },
  countKeys: async (keyCount) => {
    const row = orderRow(ESTATE, { keyCount });
    const stored = await records.get(PARTITION, ESTATE);
    const known = stored && z.safeParse(estateSchema, fromJsonColumns(stored));
    if (!known?.success || known.data.keyCount !== keyCount) await records.write({ kind: 'put', row });
  },
  forbidHealing: async (order) => {
    await records.write({ kind: 'put', row: doNotHealRow(order) });
  },
  recordsOf: async (target) => (await storedRecords(records, target)).flatMap(({ order }) => order ?? []),
  allowHealing: async (target, which) => remove(records, await storedRecords(records, target), which),
  rememberReadOnly: (readOnly, writable) => putReadOnly(records, readOnly, writable),
  rememberCauses: (causes) => putEach(records, causeRow, causes),
  rememberLifted: (causes) => putEach(records, liftedRow, causes),
  forgetCauses: async (before) => {
    await forget(records, 'cause:', before);
    await forget(records, 'lifted:', before);
  },
  forgetEnded: (before) => forgetEnded(records, before),
});
