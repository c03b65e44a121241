/**
 * Azurite tests all rows of a table, and sorts the rows that match, for every page of every query: ten thousand keys took it
 * minutes, and ten times as many keys a hundred times as long. Here its tables keep their rows by partition, in the order of the
 * answers.
 */
import { createRequire } from 'node:module';

/** A row as Azurite stores it. */
export type Entity = { readonly PartitionKey: string; readonly RowKey: string };

type Where = (entity: Entity) => boolean;
type Query = { readonly filter?: string; readonly top?: number };

/** A table, as LokiJS keeps it for Azurite. */
type Collection = {
  readonly data: readonly Entity[];
  findOne(query: object): Entity | null;
  on(event: 'insert' | 'update' | 'delete', heard: (entity: Entity) => void): void;
};

/** The part of Azurite's table store that this file uses or replaces. */
export type TableStore = {
  readonly db: { addCollection(name: string): unknown; removeCollection(name: string): void };
  getTableCollectionName(account: string, table: string): string;
  createCollectionForTable(table: { readonly account: string; readonly table: string }): void;
  getEntityCollection(account: string, table: string, context: unknown): Collection;
  getMaxResultsOption(options: Query): number;
  decodeContinuationHeader(key: string | undefined): string | undefined;
  adjustQueryResultforTop(
    result: Entity[],
    most: number,
  ): { readonly nextPartitionKeyResponse?: string; readonly nextRowKeyResponse?: string };
  queryTableEntities(
    context: unknown,
    account: string,
    table: string,
    options: Query,
    nextPartitionKey?: string,
    nextRowKey?: string,
  ): Promise<[Entity[], string | undefined, string | undefined]>;
};

const { default: generator } = createRequire(import.meta.url)(
  'azurite/dist/src/table/persistence/LokiTableStoreQueryGenerator.js',
) as { readonly default: { generateQueryForPersistenceLayer(options: Query, context: unknown): Where } };

/** The index of this key, or the index where it would be, in ascending order. */
const placeOf = <One>(sorted: readonly One[], key: string, keyOf: (one: One) => string): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyOf(sorted[middle] as One) < key) low = middle + 1;
    else high = middle;
  }
  return low;
};

const rowKey = ({ RowKey }: Entity): string => RowKey;
const itself = (key: string): string => key;

/** Partitions from `from` on, up to `to`, which is among them. */
export type Bounds = { readonly from?: string; readonly to?: string };

/** The rows of a table. A partition that has lost its rows keeps its place. */
type Rows = {
  get(partition: string, row: string): Entity | undefined;
  put(entity: Entity): void;
  remove(entity: Entity): void;
  /** In ascending order of partition and row, from a row of the first partition on. */
  within(bounds: Bounds, row?: string): Iterable<Entity>;
};

const createRows = (): Rows => {
  const partitions = new Map<string, Entity[]>();
  const order: string[] = [];
  const open = (name: string): Entity[] => {
    const rows: Entity[] = [];
    partitions.set(name, rows);
    order.splice(placeOf(order, name, itself), 0, name);
    return rows;
  };
  const find = ({ PartitionKey, RowKey }: Entity) => {
    const rows = partitions.get(PartitionKey) ?? [];
    const at = placeOf(rows, RowKey, rowKey);
    return { rows, at, found: rows[at]?.RowKey === RowKey };
  };
  return {
    get: (PartitionKey, RowKey) => {
      const { rows, at, found } = find({ PartitionKey, RowKey });
      return found ? rows[at] : undefined;
    },
    put: (entity) => {
      if (!partitions.has(entity.PartitionKey)) open(entity.PartitionKey);
      const { rows, at, found } = find(entity);
      rows.splice(at, found ? 1 : 0, entity);
    },
    remove: (entity) => {
      const { rows, at, found } = find(entity);
      if (found) rows.splice(at, 1);
    },
    *within({ from = '', to }, row) {
      for (let at = placeOf(order, from, itself); at < order.length; at += 1) {
        const name = order[at] as string;
        if (to !== undefined && name > to) return;
        const rows = partitions.get(name) ?? [];
        yield* row !== undefined && name === from ? rows.slice(placeOf(rows, row, rowKey)) : rows;
      }
    },
  };
};

const QUOTED = /'((?:[^']|'')*)'/g;
const BOUND = /(?<!\w)PartitionKey\s+(eq|ge|gt|le|lt)\s+'(\d+)'/g;

/**
 * The bounds of the partitions in which a row may match this filter; a filter that is not a chain of conditions has no bounds.
 */
export const boundsIn = (filter = ''): Bounds => {
  const texts: string[] = [];
  const plain = filter.replace(QUOTED, (_, text: string) => `'${texts.push(text.replaceAll("''", "'")) - 1}'`);
  if (/(?<!\w)(or|not)(?!\w)/i.test(plain)) return {};
  const bounds: { from?: string; to?: string } = {};
  for (const [, operator = '', at] of plain.matchAll(BOUND)) {
    const text = texts[Number(at)] ?? '';
    if (/eq|ge|gt/.test(operator) && (bounds.from === undefined || text > bounds.from)) bounds.from = text;
    if (/eq|le|lt/.test(operator) && (bounds.to === undefined || text < bounds.to)) bounds.to = text;
  }
  return bounds;
};

const kept = new WeakMap<Collection, Rows>();

const isOfOneRow = (query: object): query is Entity =>
  Object.keys(query).length === 2 && 'PartitionKey' in query && 'RowKey' in query;

/** The rows of this table. From now on they follow its changes. */
const rowsOf = (collection: Collection): Rows => {
  const known = kept.get(collection);
  if (known) return known;
  const rows = createRows();
  for (const entity of collection.data) rows.put(entity);
  for (const event of ['insert', 'update'] as const) collection.on(event, rows.put);
  collection.on('delete', rows.remove);
  const findOne = collection.findOne.bind(collection);
  collection.findOne = (query) =>
    isOfOneRow(query) ? (rows.get(query.PartitionKey, query.RowKey) ?? null) : findOne(query);
  kept.set(collection, rows);
  return rows;
};

/** The bounds of a page: it begins at the partition where the page before ended, if there was one. */
const after = (bounds: Bounds, partition: string | undefined): Bounds =>
  partition !== undefined && partition >= (bounds.from ?? '') ? { ...bounds, from: partition } : bounds;

/** Makes this store of Azurite's tables answer from ordered rows, with the same answers as before. */
export const keepRowsInOrder = (store: TableStore): void => {
  const { getEntityCollection } = store;
  store.getEntityCollection = function (account, table, context) {
    const collection = getEntityCollection.call(this, account, table, context);
    rowsOf(collection);
    return collection;
  };
  // LokiJS would go through an index of all rows at each change, and no query uses that index any more.
  store.createCollectionForTable = function ({ account, table }) {
    const name = this.getTableCollectionName(account, table);
    this.db.removeCollection(name);
    this.db.addCollection(name);
  };
  store.queryTableEntities = async function (context, account, table, options, nextPartitionKey, nextRowKey) {
    const rows = rowsOf(this.getEntityCollection(account, table, context));
    const fits = generator.generateQueryForPersistenceLayer(options, context);
    const most = this.getMaxResultsOption(options);
    const partition = this.decodeContinuationHeader(nextPartitionKey);
    const bounds = after(boundsIn(options.filter), partition);
    const row = bounds.from === partition ? this.decodeContinuationHeader(nextRowKey) : undefined;
    const result: Entity[] = [];
    for (const entity of rows.within(bounds, row)) {
      if (result.length > most) break;
      if (fits(entity)) result.push(entity);
    }
    const next = this.adjustQueryResultforTop(result, most);
    return [result, next.nextPartitionKeyResponse, next.nextRowKeyResponse];
  };
};
