import type { Deployable } from './deployable.ts';

const STORAGE = 'https://storage.azure.com';
const PREFIX = 'guardian';
const MOST = 1_000;

/** A row as the table service writes it with full metadata: beside each property that is not a text is its type. */
export type Row = Readonly<Record<string, unknown>> & { readonly PartitionKey: string; readonly RowKey: string };

/** All rows of each table. */
export type Copy = ReadonlyMap<string, readonly Row[]>;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A function that sends to the tables of an account as the engineer; rejects where it is refused. */
const sending = async (place: Deployable, account: string) => {
  const headers = {
    authorization: `Bearer ${await place.token(STORAGE)}`,
    accept: 'application/json;odata=fullmetadata',
    'content-type': 'application/json',
    'x-ms-version': '2024-11-04',
  };
  return async (method: Method, path: string, body?: unknown): Promise<unknown> => {
    const url = `https://${account}.table.core.windows.net/${path}`;
    const answer = await place.send({ method, url, headers, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
};

type Sending = Awaited<ReturnType<typeof sending>>;

const quoted = (text: string): string => encodeURIComponent(text.replaceAll("'", "''"));

const listed = async <Value>(send: Sending, path: string): Promise<readonly Value[]> =>
  ((await send('GET', path)) as { readonly value: readonly Value[] }).value;

/** Rows come in the order of their keys: the next page begins after the last row. */
const rowsOf = async (send: Sending, table: string): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (let page: readonly Row[] = []; ; ) {
    const last = page.at(-1);
    const [partition, row] = [quoted(last?.PartitionKey ?? ''), quoted(last?.RowKey ?? '')];
    const behind = `(PartitionKey eq '${partition}' and RowKey gt '${row}') or PartitionKey gt '${partition}'`;
    const filter = last ? `&$filter=${behind.replaceAll(' ', '%20')}` : '';
    page = await listed<Row>(send, `${table}()?$top=${MOST}${filter}`);
    rows.push(...page);
    if (page.length < MOST) return rows;
  }
};

/** Every table of the product in this account, every property with its type. */
export const copyTables = async (place: Deployable, account: string): Promise<Copy> => {
  const send = await sending(place, account);
  const tables = await listed<{ readonly TableName: string }>(send, 'Tables');
  const copy = new Map<string, readonly Row[]>();
  for (const { TableName: name } of tables.filter((one) => one.TableName.startsWith(PREFIX)))
    copy.set(name, await rowsOf(send, name));
  return copy;
};

export const dropTables = async (place: Deployable, account: string, copy: Copy): Promise<void> => {
  const send = await sending(place, account);
  for (const name of copy.keys()) await send('DELETE', `Tables('${name}')`);
};

/** The properties of a row that a client may write: the service itself sets the time and the address of a row. */
const writable = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !/^(?:odata\.|Timestamp)/.test(name))) as Row;

/** Makes each table again with its rows. On Azure the name of a deleted table can be used again after a minute. */
export const restoreTables = async (place: Deployable, account: string, copy: Copy): Promise<void> => {
  const send = await sending(place, account);
  for (const [name, rows] of copy) {
    await send('POST', 'Tables', { TableName: name });
    for (const row of rows)
      await send(
        'PUT',
        `${name}(PartitionKey='${quoted(row.PartitionKey)}',RowKey='${quoted(row.RowKey)}')`,
        writable(row),
      );
  }
};
