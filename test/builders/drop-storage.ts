import { TableServiceClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';

const dropContainers = async (connectionString: string, prefix: string): Promise<void> => {
  const service = BlobServiceClient.fromConnectionString(connectionString);
  const containers = await Array.fromAsync(service.listContainers({ prefix }));
  await Promise.all(containers.map(({ name }) => service.deleteContainer(name)));
};

const dropTables = async (connectionString: string, prefix: string): Promise<void> => {
  const service = TableServiceClient.fromConnectionString(connectionString, { allowInsecureConnection: true });
  const tables = await Array.fromAsync(service.listTables());
  const names = tables.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []));
  await Promise.all(names.map((name) => service.deleteTable(name)));
};

/**
 * Deletes the tables and containers whose names begin so. Azurite looks for a blob among all that it holds: a run of an hour
 * that left its blobs behind ended with storage that answered after a minute.
 */
export const dropStorage = async (connectionString: string, prefix: string): Promise<void> => {
  await Promise.all([dropContainers(connectionString, prefix), dropTables(connectionString, prefix)]);
};
