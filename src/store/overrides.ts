import * as z from 'zod/mini';
import { endOf } from '../remediation/model/in-force.ts';
import { isSame, named } from '../remediation/model/override-target.ts';
import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import { rowKeyOf } from './row-key.ts';
import type { Row, StoredRow, Table } from './table.ts';

type Override = { readonly by: string; readonly why: string; readonly until?: string };

/** `scope`: as `parseOverrideTarget` reads it; without a scope the whole product is paused. */
export type Pause = Override & { readonly scope?: string };
export type ScopedPause = Override & { readonly scope: string };
export type DoNotHeal = Override & { readonly target: string };
export type ReadOnly = { readonly subscriptionId: string; readonly state: string; readonly at: string };
export type RootCause = { readonly cause: string; readonly at: string };

/** What applies to every key: the overrides of people, and the recent root causes. */
export type OverridesInForce = {
  /** The pause of the whole product that ends last, even if it has ended. */
  readonly paused?: Pause;
  /** Every pause of one scope, even if it has ended. */
  readonly pausedScopes?: readonly ScopedPause[];
  readonly doNotHeal: readonly DoNotHeal[];
  /** Each root cause with every time at which it was recorded since the window began: the same key may break again. */
  readonly rootCauses: readonly RootCause[];
  /** The causes that waited for an override when it was lifted, and when; left out where none waited. */
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

export type Overrides = {
  /** One call. `since`: where the fuse's window begins. */
  inForce(since: string): Promise<OverridesInForce>;
  /** Adds a pause. No override ever replaces another override. */
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
  /** Adds a do-not-heal override; no override replaces another. `target`: as `parseOverrideTarget` reads it. */
  forbidHealing(override: DoNotHeal): Promise<void>;
  /** Every stored do-not-heal record for this target, in whatever spelling. */
  recordsOf(target: string): Promise<readonly DoNotHeal[]>;
  /** Deletes these records. Without `which`: deletes all records for this target, including rows that cannot be read. */
  allowHealing(target: string, which?: readonly DoNotHeal[]): Promise<void>;
  /** Enters the causes that waited for an override which is being lifted. One call. */
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
   * Deletes the overrides that ended by themselves before this instant (ISO 8601), since every assess reads all stored
   * overrides.
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

const overrideSchema = z.object({ by: z.string(), why: z.string(), until: z.optional(z.string()) });
const pauseSchema = z.extend(overrideSchema, { scope: z.optional(z.string()) });
const doNotHealSchema = z.extend(overrideSchema, { target: z.string() });
const sweepSchema = z.object({ at: z.string() });
const estateSchema = z.object({ keyCount: z.number() });
const causeSchema = z.object({ cause: z.string(), at: z.string() });
const readOnlySchema = z.object({ subscriptionId: z.string(), state: z.string(), at: z.string() });
const worksSchema = z.object({ kind: z.string() });

const overrideRow = (rowKey: string, document: unknown): Row => ({
  partitionKey: PARTITION,
  rowKey,
  ...toJsonColumns(document),
});

/** Rows of earlier versions have no such suffix: there was one override for each target. */
const doNotHealKey = (target: string): string => `do-not-heal:${rowKeyOf(target.toLowerCase())}`;

const nameOfOverride = ({ by, why, until = '', scope }: Pause): string =>
  rowKeyOf(by, why, until, ...(scope === undefined ? [] : [scope]));

// A version that does not know scopes reads a scoped pause as a pause of the whole product: it then does too little,
// never too much.
const pauseRow = (pause: Pause): Row => overrideRow(`${PAUSE}:${nameOfOverride(pause)}`, pause);

const doNotHealRow = (override: DoNotHeal): Row =>
  overrideRow(`${doNotHealKey(override.target)}:${nameOfOverride(override)}`, override);

const between = (from: string, to: string): string =>
  `PartitionKey eq '${PARTITION}' and RowKey ge '${from}' and RowKey lt '${to}'`;

// Causes sort by time and before all other rows, so that one range holds the window's causes and all overrides.
const causeRow = (cause: RootCause): Row => overrideRow(`cause:${cause.at}:${rowKeyOf(cause.cause)}`, cause);

const liftedRow = (cause: RootCause): Row => overrideRow(`lifted:${cause.at}:${rowKeyOf(cause.cause)}`, cause);

const firstOfEach = (causes: readonly RootCause[]): readonly RootCause[] =>
  causes.filter(({ cause }, index) => causes.findIndex((other) => other.cause === cause) === index);

const withoutUndefined = <T extends Override>({
  until,
  ...rest
}: Omit<T, 'until'> & { until?: string | undefined }) => ({
  ...rest,
  ...(until !== undefined && { until }),
});

const toPause = ({ scope, ...override }: z.infer<typeof pauseSchema>): Pause => ({
  ...withoutUndefined<Override>(override),
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

const readOverrides = (rows: readonly StoredRow[]): OverridesInForce => {
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
  const doNotHeal = read('do-not-heal:', doNotHealSchema).map((override) => withoutUndefined<DoNotHeal>(override));
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

/** An override without an end, or with an end that cannot be read, stays. */
const hasEnded = (row: StoredRow, before: string): boolean => {
  const override = readRow(row, overrideSchema);
  return override !== undefined && endOf(withoutUndefined<Override>(override)) < Date.parse(before);
};

const forgetEnded = async (records: Table, before: string): Promise<void> => {
  for (const name of [PAUSE, 'do-not-heal'])
    for (const row of await records.all(between(`${name}:`, `${name};`)))
      if (hasEnded(row, before)) await records.remove(PARTITION, row.rowKey, row.etag);
};

type Stored<One> = { readonly row: StoredRow; readonly override: One | undefined };

const storedPauses = async (records: Table): Promise<readonly Stored<Pause>[]> =>
  (await records.all(between(PAUSE, `${PAUSE};`))).map((row) => {
    const override = readRow(row, pauseSchema);
    return { row, override: override && toPause(override) };
  });

/** A row that cannot be read still has its target in its name. */
const storedRecords = async (records: Table, target: string): Promise<readonly Stored<DoNotHeal>[]> => {
  const wanted = named(target);
  return (await records.all(between('do-not-heal:', 'do-not-heal;'))).flatMap((row) => {
    const override = readRow(row, doNotHealSchema);
    const isOf = override ? isSame(named(override.target), wanted) : row.rowKey.startsWith(doNotHealKey(target));
    return isOf ? [{ row, override: override && withoutUndefined<DoNotHeal>(override) }] : [];
  });
};

const isOne = <One extends Pause>(override: One | undefined, which: readonly One[] | undefined): boolean =>
  which === undefined ||
  (override !== undefined && which.some((one) => nameOfOverride(one) === nameOfOverride(override)));

/** Deletes only the rows that were read: an override that is given meanwhile stays. */
const remove = async <One extends Pause>(
  records: Table,
  stored: readonly Stored<One>[],
  which: readonly One[] | undefined,
): Promise<void> => {
  for (const { row, override } of stored)
    if (isOne(override, which)) await records.remove(PARTITION, row.rowKey, row.etag);
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
      row: overrideRow(`${READ_ONLY}${rowKeyOf(one.subscriptionId.toLowerCase())}`, one),
    });
};

export const openOverrides = (records: Table): Overrides => ({
  inForce: async (since) =>
    readOverrides(await records.all(`PartitionKey eq '${PARTITION}' and RowKey ge 'cause:${since}'`)),
  pause: async (pause) => {
    await records.write({ kind: 'put', row: pauseRow(pause) });
  },
  pauses: async () => (await storedPauses(records)).flatMap(({ override }) => override ?? []),
  resume: async (which) => {
    const stored = await storedPauses(records);
    const all = stored.filter(({ override }) => override === undefined || !isScoped(override));
    await remove(records, which === undefined ? all : stored, which);
  },
  sweepBegins: async (at) => {
    await records.write({ kind: 'put', row: overrideRow(SWEEP, { at }) });
  },
  sawWork: async (kind) => {
    await records.write({ kind: 'put', row: overrideRow(`${WORKS}${kind}`, { kind }) });
  },
  liftRest: async (at) => {
    await records.write({ kind: 'put', row: overrideRow(REST, { at }) });
  },
  countKeys: async (keyCount) => {
    const row = overrideRow(ESTATE, { keyCount });
    const stored = await records.get(PARTITION, ESTATE);
    const known = stored && z.safeParse(estateSchema, fromJsonColumns(stored));
    if (!known?.success || known.data.keyCount !== keyCount) await records.write({ kind: 'put', row });
  },
  forbidHealing: async (override) => {
    await records.write({ kind: 'put', row: doNotHealRow(override) });
  },
  recordsOf: async (target) => (await storedRecords(records, target)).flatMap(({ override }) => override ?? []),
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
