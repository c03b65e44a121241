import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

  it('reads the columns of a row as they were written, of every type that the product writes', async () => {
    const table = newTable();
    const columns = {
      text: 'a\u{1f511}\n"',
      whole: 3,
      part: 2.5,
      large: 1_772_000_000_000,
      yes: true,
      no: false,
      empty: '',
    };
    const etag = await table.write({ kind: 'create', row: { partitionKey: 'p', rowKey: 'a', ...columns } });
    expect(await table.all("PartitionKey eq 'p'")).toEqual([{ partitionKey: 'p', rowKey: 'a', etag, ...columns }]);
  });

  for (const body of ['', '{}', '{"value":', '[]'])
    it(`never takes an answer without a page for one without rows: ${body || 'an empty one'}`, async () => {
      const server = createServer((_, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(body),
      );
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const connectionString = `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:${port}/a`;
      const table = openTable(connect({ kind: 'connectionString', connectionString }), 'rows');
      await expect(table.all("PartitionKey eq 'p'")).rejects.toThrow();
      server.close();
    });

  it('leaves out a column of a type that it never writes', async () => {
    const connection = connect({ kind: 'connectionString', connectionString: storage.connectionString() });
    const client = await connection.table('strangetypes');
    await client.createTable();
    const strange = { at: new Date(0), large: 2n ** 40n, bytes: new Uint8Array([1]), kept: 'text' };
    await client.createEntity({ partitionKey: 'p', rowKey: 'a', ...strange });
    const [{ etag: _etag, ...row } = {}] = await openTable(connection, 'strangetypes').all("PartitionKey eq 'p'");
    expect(row).toEqual({ partitionKey: 'p', rowKey: 'a', kept: 'text' });
  });

  it('reads more rows than a page has, each once and in order, and only the columns that are asked for', async () => {
    const table = newTable();
    const names = Array.from({ length: 1_050 }, (_, at) => String(at).padStart(4, '0'));
    for (let from = 0; from < names.length; from += 100)
      await table.transact(names.slice(from, from + 100).map((name) => ({ kind: 'put', row: row(name, 1) })));
    const rows = await Array.fromAsync(table.query("PartitionKey eq 'p'", ['value']));
    expect(rows.map(({ rowKey }) => rowKey)).toEqual(names);
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['etag', 'partitionKey', 'rowKey', 'value']);
    expect((await table.first("PartitionKey eq 'p'", 2)).map(({ rowKey }) => rowKey)).toEqual(['0000', '0001']);
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
