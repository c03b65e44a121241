import { describe, expect, it } from 'vitest';
import { connect } from '../../src/store/connection.ts';
import { openTable, type Row, type Table } from '../../src/store/table.ts';
import { useAzurite } from '../builders/azurite.ts';

const row = (rowKey: string, value: number): Row => ({ partitionKey: 'p', rowKey, value });

describe('a table', () => {
  const storage = useAzurite();
  let tables = 0;

  const newTable = (): Table => {
    const connectionString = storage.connectionString();
    return openTable(connect({ kind: 'connectionString', connectionString }), `table${tables++}`);
  };

  const valuesIn = async (table: Table) =>
    Object.fromEntries((await table.all("PartitionKey eq 'p'")).map((stored) => [stored.rowKey, stored['value']]));

  it('comes into being when the first call needs it, for readers and writers that come at once', async () => {
    const table = newTable();
    await Promise.all([
      table.all("PartitionKey eq 'p'"),
      table.get('p', 'a'),
      table.write({ kind: 'create', row: row('a', 1) }),
      table.transact([{ kind: 'put', row: row('b', 2) }]),
    ]);
    expect(await valuesIn(table)).toEqual({ a: 1, b: 2 });
  });

  it('refuses to create a row twice, and to replace one that is no longer what was read', async () => {
    const table = newTable();
    const etag = (await table.write({ kind: 'create', row: row('a', 1) })) ?? '';
    expect(await table.write({ kind: 'create', row: row('a', 2) })).toBeUndefined();
    await table.write({ kind: 'replace', row: row('a', 3), etag });
    expect(await table.write({ kind: 'replace', row: row('a', 4), etag })).toBeUndefined();
    expect(await table.remove('p', 'a', etag)).toBe(false);
    expect(await valuesIn(table)).toEqual({ a: 3 });
  });

  it('changes all rows of a transaction or none', async () => {
    const table = newTable();
    const etag = (await table.write({ kind: 'create', row: row('a', 1) })) ?? '';
    await table.write({ kind: 'put', row: row('a', 2) });
    const created = { kind: 'create', row: row('b', 1) } as const;
    expect(await table.transact([created, { kind: 'replace', row: row('a', 3), etag }])).toBe(false);
    expect(await table.transact([created, { kind: 'create', row: row('a', 3) }])).toBe(false);
    expect(await table.transact([created, { kind: 'delete', row: { partitionKey: 'p', rowKey: 'c' } }])).toBe(false);
    expect(await valuesIn(table)).toEqual({ a: 2 });
    expect(await table.transact([created, { kind: 'delete', row: { partitionKey: 'p', rowKey: 'a' } }])).toBe(true);
    expect(await valuesIn(table)).toEqual({ b: 1 });
  });
});
