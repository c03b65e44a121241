import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsIn, type Entity, keepRowsInOrder, type TableStore } from '../../local/azurite-tables.ts';

type Written = Entity & { readonly properties: Record<string, string>; readonly eTag: string };

type Store = TableStore & {
  init(): Promise<void>;
  createTable(context: object, table: { account: string; table: string }): Promise<void>;
  insertOrUpdateTableEntity(context: object, table: string, account: string, entity: Written): Promise<unknown>;
  insertOrMergeTableEntity(context: object, table: string, account: string, entity: Written): Promise<unknown>;
  deleteTableEntity(context: object, table: string, account: string, ...keys: [...string[], string]): Promise<void>;
  beginBatchTransaction(id: string): Promise<void>;
  endBatchTransaction(account: string, table: string, id: string, context: object, succeeded: boolean): Promise<void>;
};

const { default: LokiStore } = createRequire(import.meta.url)(
  'azurite/dist/src/table/persistence/LokiTableMetadataStore.js',
) as { readonly default: new (path: string, inMemory: boolean) => Store };

const CONTEXT = { startTime: new Date(0) };
const [ACCOUNT, TABLE] = ['account', 'table'];

const openStore = async (change: (store: Store) => void): Promise<Store> => {
  const store = new LokiStore('', true);
  change(store);
  await store.init();
  await store.createTable(CONTEXT, { account: ACCOUNT, table: TABLE });
  return store;
};

/** A few names, so that they collide; some look like numbers, and one contains a quotation mark. */
const name = fc.constantFrom('', '0', '1', '10', '1e1', '2', 'a', 'B', 'b', "o'b", 'é', '0a', 'ff');
const entity = fc.record({ PartitionKey: name, RowKey: name });

type Act = { readonly kind: 'put' | 'merge' | 'remove'; readonly entity: Entity; readonly word: string };
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('put', 'merge', 'remove'),
  entity,
  word: fc.constantFrom('x', 'y'),
});

/** The result of a call to Azurite as text, a refusal too. */
const said = (what: () => Promise<unknown>): Promise<string> =>
  what().then(
    () => 'done',
    (error: Error) => error.name,
  );

const perform = (store: Store, { kind, entity: { PartitionKey, RowKey }, word }: Act, batch = ''): Promise<string> => {
  const written = { PartitionKey, RowKey, properties: { word }, eTag: word };
  if (kind === 'put') return said(() => store.insertOrUpdateTableEntity(CONTEXT, TABLE, ACCOUNT, written));
  if (kind === 'merge') return said(() => store.insertOrMergeTableEntity(CONTEXT, TABLE, ACCOUNT, written));
  return said(() => store.deleteTableEntity(CONTEXT, TABLE, ACCOUNT, PartitionKey, RowKey, '*', batch));
};

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const condition = fc
  .tuple(fc.constantFrom('PartitionKey', 'RowKey'), fc.constantFrom('eq', 'ge', 'gt', 'le', 'lt', 'ne'), name)
  .map(([column, operator, text]) => `${column} ${operator} ${quoted(text)}`);
const filter = fc
  .tuple(fc.array(condition, { maxLength: 4 }), fc.constantFrom(' and ', ' or '))
  .chain(([conditions, word]) => fc.constantFrom(conditions.join(word), conditions.map((one) => `(${one})`).join(word)))
  .chain((text) => fc.constantFrom(text, text === '' ? '' : `not (${text})`));

/** All pages of a query. */
const pagesOf = async (store: Store, text: string, top: number): Promise<readonly (readonly string[])[]> => {
  const pages: string[][] = [];
  let next: readonly (string | undefined)[] = [];
  do {
    const [rows, partition, row] = await store.queryTableEntities(
      CONTEXT,
      ACCOUNT,
      TABLE,
      { filter: text, top },
      ...next,
    );
    pages.push(rows.map((one) => JSON.stringify([one.PartitionKey, one.RowKey, (one as Written).properties['word']])));
    next = [partition, row];
  } while (next[0] !== undefined);
  return pages;
};

describe('The rows of the emulator in their order', () => {
  it('are answered as Azurite itself answers, page by page, whatever is written and asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { maxLength: 30 }),
        fc.array(filter, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (acts, filters, top) => {
          const [plain, ordered] = [await openStore(() => {}), await openStore(keepRowsInOrder)];
          for (const one of acts) expect(await perform(ordered, one)).toBe(await perform(plain, one));
          for (const text of filters)
            expect(await pagesOf(ordered, text, top)).toEqual(await pagesOf(plain, text, top));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are as they were before a batch that failed', async () => {
    const store = await openStore(keepRowsInOrder);
    await perform(store, { kind: 'put', entity: { PartitionKey: 'a', RowKey: '1' }, word: 'x' });
    await store.beginBatchTransaction('batch');
    await perform(store, { kind: 'remove', entity: { PartitionKey: 'a', RowKey: '1' }, word: '' }, 'batch');
    expect(await pagesOf(store, '', 1)).toEqual([[]]);
    await store.endBatchTransaction(ACCOUNT, TABLE, 'batch', CONTEXT, false);
    expect(await pagesOf(store, '', 1)).toEqual([['["a","1","x"]']]);
  });

  it.each([
    [undefined, {}],
    ["PartitionKey eq 'a'", { from: 'a', to: 'a' }],
    ["(PartitionKey ge 'a') and PartitionKey lt 'c' and RowKey eq 'z'", { from: 'a', to: 'c' }],
    ["PartitionKey ge 'a' and PartitionKey gt 'b'", { from: 'b' }],
    ["PartitionKey ge 'a or b'", { from: 'a or b' }],
    ["PartitionKey eq 'o''b'", { from: "o'b", to: "o'b" }],
    ["PartitionKey eq 'a' or RowKey eq 'b'", {}],
    ["not (PartitionKey ge 'a')", {}],
    ["FormerPartitionKey eq 'a'", {}],
  ])('of %s are sought within %o', (text, bounds) => {
    expect(boundsIn(text)).toEqual(bounds);
  });
});
