import type {
  ListTableEntitiesOptions,
  TableClient,
  TableEntityQueryOptions,
  TransactionAction,
} from '@azure/data-tables';
import type { StorageConnection } from './connection.ts';
import { rowsIn } from './rows-as-sent.ts';
import { isConflict, storageErrorCode, storageStatus } from './storage-error.ts';

export type Column = string | number | boolean;

/** A row to be written. Columns that are `undefined` are left out. */
export type Row = {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly [column: string]: Column | undefined;
};

/** A row as it was read. `etag` changes with every write. */
export type StoredRow = Row & { readonly etag: string };

/** `create` needs that no such row exists; `replace` and `delete` need the row with this ETag (`*`: any existing row). */
export type Change =
  | { readonly kind: 'create'; readonly row: Row }
  | { readonly kind: 'put'; readonly row: Row }
  | { readonly kind: 'replace'; readonly row: Row; readonly etag: string }
  | { readonly kind: 'delete'; readonly row: { readonly partitionKey: string; readonly rowKey: string } };

/**
 * One table. Every method is one call to storage (a query: one per 1,000 rows), and throws only errors that a retry can
 * cure.
 */
export type Table = {
  get(partitionKey: string, rowKey: string): Promise<StoredRow | undefined>;
  /** Rows in the order of their keys. `columns`: the columns to read; all where it is left out. */
  query(filter: string, columns?: readonly string[]): AsyncIterable<StoredRow>;
  /** All rows of a query within one partition. */
  all(filter: string): Promise<readonly StoredRow[]>;
  /** The first rows of a query, at most `count`. */
  first(filter: string, count: number): Promise<readonly StoredRow[]>;
  /** Returns the new ETag; `undefined` when the row is not in the state that the change needs. */
  write(change: Exclude<Change, { kind: 'delete' }>): Promise<string | undefined>;
  remove(partitionKey: string, rowKey: string, etag: string): Promise<boolean>;
  /**
   * Writes all changes of one partition (up to 100) or none; `false` when a row is not in the state that its change
   * needs.
   */
  transact(changes: readonly Change[]): Promise<boolean>;
};

const columnsOf = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== undefined && name !== 'etag')) as Row;

const toAction = (change: Change): TransactionAction => {
  switch (change.kind) {
    case 'create':
      return ['create', columnsOf(change.row)];
    case 'put':
      return ['upsert', columnsOf(change.row), 'Replace'];
    case 'replace':
      return ['update', columnsOf(change.row), 'Replace', { etag: change.etag }];
    case 'delete':
      return ['delete', change.row];
  }
};

const send = async (client: TableClient, change: Exclude<Change, { kind: 'delete' }>): Promise<string> => {
  const row = columnsOf(change.row);
  switch (change.kind) {
    case 'create':
      return (await client.createEntity(row)).etag ?? '';
    case 'put':
      return (await client.upsertEntity(row, 'Replace')).etag ?? '';
    case 'replace':
      return (await client.updateEntity(row, 'Replace', { etag: change.etag })).etag ?? '';
  }
};

/** A table is created when the first call does not find it: no call is spent on checking that it exists. */
const openOnDemand = (connection: StorageConnection, name: string) => {
  return async <Value>(use: (client: TableClient) => Promise<Value>): Promise<Value> => {
    const client = await connection.table(name);
    try {
      return await use(client);
    } catch (error) {
      if (storageErrorCode(error) !== 'TableNotFound') throw error;
      await client.createTable();
      return use(client);
    }
  };
};

const orRefused = async <Value, Refused>(answer: Promise<Value>, refused: Refused): Promise<Value | Refused> =>
  answer.catch((error: unknown) => {
    if (isConflict(error)) return refused;
    throw error;
  });

type Using = ReturnType<typeof openOnDemand>;

/** The rows that a filter finds: one page of them, or all. One call for each page. */
const openPages = (using: Using) => {
  const pageOf = (queryOptions: TableEntityQueryOptions, maxPageSize: number, continuationToken?: string) =>
    using(async (client) => {
      let rows: readonly StoredRow[] | undefined;
      const onResponse: ListTableEntitiesOptions['onResponse'] = (response) => {
        rows = rowsIn(response) as readonly StoredRow[] | undefined;
      };
      const pages = client
        .listEntities({ queryOptions, onResponse })
        .byPage({ maxPageSize, ...(continuationToken && { continuationToken }) });
      const { value: page } = await pages.next();
      // Rows that nobody read are not rows that are not there.
      if (rows === undefined) throw new Error('The table of the product has answered a query without a page of rows.');
      return { rows, next: page?.continuationToken as string | undefined };
    });
  async function* query(filter: string, columns?: readonly string[]): AsyncGenerator<StoredRow> {
    const options = { filter, ...(columns && { select: ['PartitionKey', 'RowKey', ...columns] }) };
    let next: string | undefined;
    do {
      const page = await pageOf(options, 1000, next);
      yield* page.rows;
      next = page.next;
    } while (next);
  }
  return { pageOf, query };
};

export const openTable = (connection: StorageConnection, name: string): Table => {
  const using = openOnDemand(connection, name);
  const { pageOf, query } = openPages(using);
  return {
    get: async (partitionKey, rowKey) =>
      (await using((client) => client.getEntity(partitionKey, rowKey)).catch((error: unknown) => {
        if (storageStatus(error) === 404) return undefined;
        throw error;
      })) as StoredRow | undefined,
    query,
    all: async (filter) => {
      const rows: StoredRow[] = [];
      for await (const row of query(filter)) rows.push(row);
      return rows;
    },
    first: async (filter, count) => (await pageOf({ filter }, count)).rows,
    write: (change) =>
      orRefused(
        using((client) => send(client, change)),
        undefined,
      ),
    remove: (partitionKey, rowKey, etag) =>
      orRefused(
        using((client) => client.deleteEntity(partitionKey, rowKey, { etag })).then(() => true),
        false,
      ),
    transact: (changes) =>
      orRefused(
        using((client) => client.submitTransaction(changes.map(toAction))).then(() => true),
        false,
      ),
  };
};
