import { createHash } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import type { ConsumerFacts } from '../../src/remediation/model/facts.ts';
import { present } from '../../src/remediation/model/facts.ts';
import { keyId } from '../../src/remediation/model/key-ref.ts';
import { useAzurite } from '../builders/azurite.ts';
import { aSingleServer } from '../builders/observation.ts';

const ORDERS = aSingleServer('orders');
const KEY = keyId(ORDERS.pinned.key);
const many = (count: number, facts: Partial<ConsumerFacts> = {}): readonly ConsumerFacts[] =>
  Array.from({ length: count }, (_, n) => ({ ...aSingleServer(`server-${String(n).padStart(5, '0')}`), ...facts }));
const tags = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`${n}`.padEnd(500, 'x'), 'y'.repeat(256)]));

describe('those who use a key', () => {
  const { newStore } = useAzurite();

  it('are as many as somebody makes, each with as many tags as Azure allows', async () => {
    const { consumerIndex, keyRows } = newStore();
    const all = many(300, { tags });
    await consumerIndex.change(KEY, () => all);
    expect((await keyRows.read(KEY)).consumers?.consumers).toEqual(all);
    await consumerIndex.change(KEY, (known) => known.filter(({ name }) => name === 'server-00001'));
    expect((await keyRows.read(KEY)).consumers?.consumers).toEqual(all.slice(1, 2));
    expect(await Array.fromAsync(keyRows.listConsumers())).toHaveLength(1);
  });

  it('are kept without their machines where those are too many for a row', async () => {
    const { consumerIndex, keyRows } = newStore();
    // Repetitions compress well: these ids have no part in common.
    const idOf = (n: number): string => createHash('sha512').update(String(n)).digest('base64');
    const machines = present(
      Array.from({ length: 20_000 }, (_, n) => ({ id: idOf(n), name: 'vm', power: 'running' as const })),
    );
    await consumerIndex.change(KEY, () => [{ ...ORDERS, machines }, ...many(1)]);
    const [orders, server] = (await keyRows.read(KEY)).consumers?.consumers ?? [];
    expect([orders?.name, orders?.machines?.kind, server?.name]).toEqual(['orders', 'unknown', 'server-00000']);
  });

  it('are written together with what else a look saw of their key, unless nobody uses it', async () => {
    const { consumerIndex, keyRows } = newStore();
    const seen = { cost: 8, marked: ['one'] };
    await consumerIndex.change(KEY, () => [ORDERS], { seen });
    expect((await keyRows.read(KEY)).consumers).toMatchObject({ consumers: [ORDERS], ...seen });
    const unused = keyId({ ...ORDERS.pinned.key, name: 'unused' });
    await consumerIndex.change(unused, () => [], { seen });
    expect((await keyRows.read(unused)).consumers?.marked).toBeUndefined();
  });

  it('are all there where two write at the same time', async () => {
    const { consumerIndex, keyRows } = newStore();
    await Promise.all(many(5).map((one) => consumerIndex.change(KEY, (known) => [...known, one])));
    expect((await keyRows.read(KEY)).consumers?.consumers).toHaveLength(5);
  });
});

describe('rows that make no sense', () => {
  const { newStore, connectionString, prefixOf } = useAzurite();
  const OTHER = keyId({ ...ORDERS.pinned.key, name: 'other' });

  /** Two keys that are used, the rows of the first damaged. */
  const damaged = async (rowKey: string, columns: Record<string, unknown>) => {
    const store = newStore();
    for (const key of [KEY, OTHER]) {
      await store.keyRows.raise(key);
      await store.consumerIndex.change(key, () => [ORDERS]);
    }
    const table = TableClient.fromConnectionString(connectionString(), `${prefixOf(store)}keys`, {
      allowInsecureConnection: true,
    });
    const rows = await Array.fromAsync(table.listEntities({ queryOptions: { filter: `keyId eq '${KEY}'` } }));
    for (const row of rows.filter((one) => one.rowKey?.startsWith(rowKey)))
      await table.updateEntity({ partitionKey: row.partitionKey ?? '', rowKey: row.rowKey ?? '', ...columns }, 'Merge');
    return store;
  };
  const idsOf = async (rows: AsyncIterable<{ readonly keyId: string }>) =>
    (await Array.fromAsync(rows)).map((row) => row.keyId).toSorted();

  it('of which key they are, are told of, and keep no other from being listed', async () => {
    const { keyRows } = await damaged('now:', { keyId: 'nonsense' });
    const told: string[] = [];
    expect(await idsOf(keyRows.listConsumers((partition) => told.push(partition)))).toEqual([OTHER]);
    expect(told).toHaveLength(1);
    expect(await idsOf(keyRows.list())).toEqual([OTHER]);
    expect(await idsOf(keyRows.listUsed())).toEqual([OTHER]);
    expect(await idsOf(keyRows.listUnsettled())).toEqual([OTHER]);
  });

  it('as numbers of wake-ups, are as a wake-up that nobody has assessed, and are written anew by the next', async () => {
    const { keyRows } = await damaged('now:wake', { wanted: 'many' });
    expect(await idsOf(keyRows.list())).toEqual([KEY, OTHER].toSorted());
    expect(await idsOf(keyRows.listUnsettled())).toEqual([KEY, OTHER].toSorted());
    const raised = await keyRows.raise(KEY);
    expect(raised).toMatchObject({ wasDamaged: true });
    expect(raised.number).toBeGreaterThan(raised.assessed);
    expect(await keyRows.settle(KEY, raised.number)).toBe(true);
    expect((await keyRows.raise(KEY)).wasDamaged).toBeUndefined();
  });

  it('as a consumer, are written anew', async () => {
    const { keyRows, consumerIndex } = await damaged('now:consumer:', { json0: '{' });
    expect((await keyRows.read(KEY)).unreadable).toHaveLength(1);
    await consumerIndex.change(KEY, () => [ORDERS]);
    expect(await keyRows.read(KEY)).toMatchObject({ unreadable: [], consumers: { consumers: [ORDERS] } });
  });
});

describe('what cannot be read', () => {
  const { newStore } = useAzurite();
  const AT = '2026-03-02T00:00:00.000Z';

  it('is news once, however many there are, until it says something else or was told long ago', async () => {
    const { told } = newStore();
    const junk = Array.from({ length: 250 }, (_, n) => ({ id: `/sets/${n}`, reason: 'names nothing' }));
    expect(await told.news(junk, AT)).toHaveLength(250);
    await told.add(junk, AT);
    expect(await told.news(junk, AT)).toEqual([]);
    const other = { id: '/SETS/7', reason: 'is gone' };
    expect(await told.news([...junk, other], AT)).toEqual([other]);
    expect(await told.news(junk, '2026-05-02T00:00:00.000Z')).toHaveLength(250);
  });

  it('is forgotten once it was told long ago, so that what somebody makes and deletes is not kept for ever', async () => {
    const { told } = newStore();
    const junk = Array.from({ length: 150 }, (_, n) => ({ id: `/sets/${n}`, reason: 'names nothing' }));
    await told.add(junk, AT);
    const other = { id: '/sets/other', reason: 'names nothing' };
    for (const left of [50, 0]) {
      await told.news([other], '2026-05-02T00:00:00.000Z');
      expect((await told.news(junk, AT)).length).toBe(150 - left);
    }
  });
});
