import * as z from 'zod/mini';
import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import { rowKeyOf } from './row-key.ts';
import type { Row, StoredRow, Table } from './table.ts';

export type Pause = { readonly by: string; readonly why: string; readonly until?: string };
export type DoNotHeal = Pause & { readonly target: string };
export type RootCause = { readonly cause: string; readonly at: string };

/** What holds for every key: the people's orders, and what broke lately. */
export type OrdersInForce = {
  readonly paused?: Pause;
  readonly doNotHeal: readonly DoNotHeal[];
  /** Each cause once, at its first time since the window began. */
  readonly rootCauses: readonly RootCause[];
  /** When the last sweep began (ISO 8601); none in an empty store. */
  readonly sweptAt?: string;
  /** How many keys the last listing has found in use. */
  readonly keyCount?: number;
  readonly unreadable: readonly string[];
};

export type Orders = {
  /** One call. `since`: where the fuse's window begins. */
  inForce(since: string): Promise<OrdersInForce>;
  pause(pause: Pause): Promise<void>;
  /** Enters that a sweep begins (ISO 8601). One call. */
  sweepBegins(at: string): Promise<void>;
  /** Enters how many keys are in use, where the number has changed. One call, two where it has. */
  countKeys(keyCount: number): Promise<void>;
  resume(): Promise<void>;
  /** `target`: id of a key, vault, consumer or scope; compared lower-cased. */
  forbidHealing(order: DoNotHeal): Promise<void>;
  allowHealing(target: string): Promise<void>;
  /** Root causes that an assess found, when they are new to the incident. One call. */
  rememberCauses(causes: readonly RootCause[]): Promise<void>;
  /** Takes causes from before this instant away, at most 1,000 at once. */
  forgetCauses(before: string): Promise<void>;
};

const PARTITION = 'orders';
const PAUSE = 'pause';
const SWEEP = 'sweep';
const ESTATE = 'estate';

const pauseSchema = z.object({ by: z.string(), why: z.string(), until: z.optional(z.string()) });
const doNotHealSchema = z.extend(pauseSchema, { target: z.string() });
const sweepSchema = z.object({ at: z.string() });
const estateSchema = z.object({ keyCount: z.number() });
const causeSchema = z.object({ cause: z.string(), at: z.string() });

const orderRow = (rowKey: string, document: unknown): Row => ({
  partitionKey: PARTITION,
  rowKey,
  ...toJsonColumns(document),
});

const doNotHealKey = (target: string): string => `do-not-heal:${rowKeyOf(target.toLowerCase())}`;

// Causes sort by time and before everything else, so that one range holds the window's causes and all orders.
const causeRow = (cause: RootCause): Row => orderRow(`cause:${cause.at}:${rowKeyOf(cause.cause)}`, cause);

const firstOfEach = (causes: readonly RootCause[]): readonly RootCause[] =>
  causes.filter(({ cause }, index) => causes.findIndex((other) => other.cause === cause) === index);

const withoutUndefined = <T extends Pause>({ until, ...rest }: Omit<T, 'until'> & { until?: string | undefined }) => ({
  ...rest,
  ...(until !== undefined && { until }),
});

const readOrders = (rows: readonly StoredRow[]): OrdersInForce => {
  const unreadable: string[] = [];
  const read = <Schema extends z.ZodMiniType>(prefix: string, schema: Schema): z.infer<Schema>[] =>
    rows
      .filter((row) => row.rowKey.startsWith(prefix))
      .flatMap((row) => {
        try {
          return [z.parse(schema, fromJsonColumns(row))];
        } catch {
          unreadable.push(row.rowKey);
          return [];
        }
      });
  const [paused] = read(PAUSE, pauseSchema);
  const doNotHeal = read('do-not-heal:', doNotHealSchema).map((order) => withoutUndefined<DoNotHeal>(order));
  const rootCauses = firstOfEach(read('cause:', causeSchema));
  const [sweep] = read(SWEEP, sweepSchema);
  const [estate] = read(ESTATE, estateSchema);
  return {
    ...(paused && { paused: withoutUndefined<Pause>(paused) }),
    ...(sweep && { sweptAt: sweep.at }),
    ...(estate && { keyCount: estate.keyCount }),
    doNotHeal,
    rootCauses,
    unreadable,
  };
};

const forget = async (records: Table, before: string): Promise<void> => {
  const old = await records.first(
    `PartitionKey eq '${PARTITION}' and RowKey ge 'cause:' and RowKey lt 'cause:${before}'`,
    1000,
  );
  for (let start = 0; start < old.length; start += 100) {
    await records.transact(old.slice(start, start + 100).map((row) => ({ kind: 'delete', row })));
  }
};

export const openOrders = (records: Table): Orders => ({
  inForce: async (since) =>
    readOrders(await records.all(`PartitionKey eq '${PARTITION}' and RowKey ge 'cause:${since}'`)),
  pause: async (pause) => {
    await records.write({ kind: 'put', row: orderRow(PAUSE, pause) });
  },
  resume: async () => {
    await records.remove(PARTITION, PAUSE, '*');
  },
  sweepBegins: async (at) => {
    await records.write({ kind: 'put', row: orderRow(SWEEP, { at }) });
  },
  countKeys: async (keyCount) => {
    const row = orderRow(ESTATE, { keyCount });
    const stored = await records.get(PARTITION, ESTATE);
    const known = stored && z.safeParse(estateSchema, fromJsonColumns(stored));
    if (!known?.success || known.data.keyCount !== keyCount) await records.write({ kind: 'put', row });
  },
  forbidHealing: async (order) => {
    await records.write({ kind: 'put', row: orderRow(doNotHealKey(order.target), order) });
  },
  allowHealing: async (target) => {
    await records.remove(PARTITION, doNotHealKey(target), '*');
  },
  rememberCauses: async (causes) => {
    const rows = firstOfEach(causes).map((cause) => ({ kind: 'put', row: causeRow(cause) }) as const);
    for (let start = 0; start < rows.length; start += 100) await records.transact(rows.slice(start, start + 100));
  },
  forgetCauses: (before) => forget(records, before),
});
