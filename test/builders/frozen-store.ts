import { TableClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';

type Entity = { readonly partitionKey: string; readonly rowKey: string; readonly [column: string]: unknown };

/** The stored data of a product, as its storage shows it: rows by table, and blobs of evidence by name. */
export type FrozenStore = {
  readonly tables: Readonly<Record<string, readonly Entity[]>>;
  readonly evidence: Readonly<Record<string, unknown>>;
};

const tableIn = (connectionString: string, prefix: string, name: string): TableClient =>
  TableClient.fromConnectionString(connectionString, `${prefix}${name}`, { allowInsecureConnection: true });

/** Puts it into the storage of a product whose tables begin with this prefix. */
export const thaw = async (
  connectionString: string,
  prefix: string,
  { tables, evidence }: FrozenStore,
): Promise<void> => {
  for (const [name, entities] of Object.entries(tables)) {
    const table = tableIn(connectionString, prefix, name);
    await table.createTable();
    for (const entity of entities) await table.createEntity(entity);
  }
  const container = BlobServiceClient.fromConnectionString(connectionString).getContainerClient(
    `${prefix.toLowerCase()}-evidence`,
  );
  await container.createIfNotExists();
  for (const [name, value] of Object.entries(evidence)) {
    const text = JSON.stringify(value);
    await container.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));
  }
};

/** The rows of one of its tables as they are now, without what storage itself adds. */
export const rowsIn = async (connectionString: string, prefix: string, name: string): Promise<readonly Entity[]> => {
  const entities = await Array.fromAsync(tableIn(connectionString, prefix, name).listEntities());
  return entities.map(({ etag: _etag, timestamp: _timestamp, ...row }) => row as Entity);
};
