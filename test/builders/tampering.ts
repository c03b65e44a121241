/**
 * The acts of an attacker who may write the tables of the product, and has no other right: with the product's own rules, where
 * that helps.
 */
import { TableClient } from '@azure/data-tables';
import { emptyChain, headOf, type LedgerEntry, type LedgerRow, link } from '../../src/remediation/protocol/ledger.ts';
import { toJsonColumns } from '../../src/store/json-columns.ts';
import { rowKeyOf } from '../../src/store/row-key.ts';

export type Tables = { readonly connectionString: string; readonly prefix: string };

const tableIn = ({ connectionString, prefix }: Tables, name: string): TableClient =>
  TableClient.fromConnectionString(connectionString, `${prefix}${name}`, { allowInsecureConnection: true });

const rowName = (seq: number): string => String(9_999_999_999 - seq).padStart(10, '0');

const toEntity = (row: LedgerRow) => ({
  partitionKey: rowKeyOf(row.chain),
  rowKey: rowName(row.seq),
  chain: row.chain,
  kind: row.kind,
  at: row.at,
  ...toJsonColumns(row),
});

/** The rows of a chain, oldest first. */
export const chainIn = async (tables: Tables, chain: string): Promise<readonly LedgerRow[]> => {
  const filter = `PartitionKey eq '${rowKeyOf(chain)}'`;
  const rows = await Array.fromAsync(tableIn(tables, 'ledger').listEntities({ queryOptions: { filter } }));
  return rows.map((row) => JSON.parse(String(row['json0'])) as LedgerRow).toReversed();
};

/** Takes rows out of a chain, by their numbers. */
export const cut = async (tables: Tables, chain: string, seqs: readonly number[]): Promise<void> => {
  for (const seq of seqs) await tableIn(tables, 'ledger').deleteEntity(rowKeyOf(chain), rowName(seq));
};

/** Puts other rows in the place of a chain. */
export const replaceChain = async (tables: Tables, chain: string, rows: readonly LedgerRow[]): Promise<void> => {
  await cut(
    tables,
    chain,
    (await chainIn(tables, chain)).map(({ seq }) => seq),
  );
  for (const row of rows)
    await tableIn(tables, 'ledger').upsertEntity({ ...toEntity(row), partitionKey: rowKeyOf(chain) });
};

/** The chain as the product would have written it with this change: its hashes are right. */
export const rewritten = (
  chain: string,
  rows: readonly LedgerRow[],
  change: (entry: LedgerEntry) => LedgerEntry,
): readonly LedgerRow[] =>
  link(
    chain,
    emptyChain,
    rows.map(({ chain: _chain, seq: _seq, prev: _prev, hash: _hash, ...entry }) => change(entry)),
  );

/** Adds entries to the end of a chain, as the product would. */
export const enter = async (tables: Tables, chain: string, entries: readonly LedgerEntry[]): Promise<void> => {
  const head = headOf(await chainIn(tables, chain));
  for (const row of link(chain, head, entries)) await tableIn(tables, 'ledger').createEntity(toEntity(row));
};

/** Writes a document into a row of a key. */
export const putDocument = async (tables: Tables, keyId: string, rowKey: string, document: unknown): Promise<void> => {
  await tableIn(tables, 'keys').upsertEntity(
    { partitionKey: rowKeyOf(keyId), rowKey, keyId, ...toJsonColumns(document) },
    'Replace',
  );
};

/** The document in a row of a key. */
export const documentIn = async <Document>(tables: Tables, keyId: string, rowKey: string): Promise<Document> => {
  const { json0 } = await tableIn(tables, 'keys').getEntity<{ json0: string }>(rowKeyOf(keyId), rowKey);
  return JSON.parse(json0) as Document;
};
