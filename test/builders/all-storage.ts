import { TableClient, TableServiceClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';

const blobsIn = async (connectionString: string, prefix: string): Promise<readonly string[]> => {
  const service = BlobServiceClient.fromConnectionString(connectionString);
  const found: string[] = [];
  for await (const { name: container } of service.listContainers({ prefix }))
    for await (const { name, properties } of service.getContainerClient(container).listBlobsFlat())
      found.push(`${container}/${name} ${properties.etag}`);
  return found;
};

const rowsIn = async (connectionString: string, prefix: string): Promise<readonly string[]> => {
  const options = { allowInsecureConnection: true };
  const service = TableServiceClient.fromConnectionString(connectionString, options);
  const names: string[] = [];
  for await (const { name } of service.listTables()) if (name?.startsWith(prefix)) names.push(name);
  const found: string[] = [];
  for (const name of names)
    for await (const row of TableClient.fromConnectionString(connectionString, name, options).listEntities())
      found.push(`${name}/${row.partitionKey}/${row.rowKey} ${row.etag}`);
  return found;
};

/** A worker that calls Resource Manager writes a row for itself, so that workers share the quotas, whatever the call is for. */
const isCountOfWorkers = (row: string): boolean => row.includes('records/callers/');

/**
 * Every row and blob of a product whose tables and containers begin so, each with its version, which every write changes. The
 * rows in which workers count themselves are not among them.
 */
export const allStorage = async (connectionString: string, prefix: string): Promise<readonly string[]> => {
  const rows = (await rowsIn(connectionString, prefix)).filter((row) => !isCountOfWorkers(row));
  return [...rows, ...(await blobsIn(connectionString, prefix.toLowerCase()))].toSorted();
};
