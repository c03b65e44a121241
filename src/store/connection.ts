import type { TableClient } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import type { ContainerClient } from '@azure/storage-blob';
import { takeRows } from './rows-as-sent.ts';

/**
 * Where the rows are stored. With an account name, the credential needs the roles Storage Table Data Contributor and
 * Storage Blob Data Contributor.
 */
export type StorageSettings =
  | { readonly kind: 'connectionString'; readonly connectionString: string }
  | {
      readonly kind: 'account';
      readonly account: string;
      /** `core.windows.net`, or the suffix of another cloud. */
      readonly suffix: string;
      readonly credential: () => Promise<TokenCredential>;
    };

export type StorageConnection = {
  table(name: string): Promise<TableClient>;
  container(name: string): Promise<ContainerClient>;
};

const isPlainHttp = (connectionString: string): boolean =>
  /UseDevelopmentStorage=true|DefaultEndpointsProtocol=http(;|$)/i.test(connectionString);

const takingRows = (client: TableClient): TableClient => {
  client.pipeline.addPolicy(takeRows, { afterPhase: 'Deserialize' });
  return client;
};

const openTable = async (storage: StorageSettings, name: string): Promise<TableClient> => {
  const { TableClient } = await import('@azure/data-tables');
  if (storage.kind === 'connectionString') {
    const { connectionString } = storage;
    const allowInsecureConnection = isPlainHttp(connectionString);
    return takingRows(TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection }));
  }
  const endpoint = `https://${storage.account}.table.${storage.suffix}`;
  return takingRows(new TableClient(endpoint, name, await storage.credential()));
};

const openContainer = async (storage: StorageSettings, name: string): Promise<ContainerClient> => {
  const { BlobServiceClient } = await import('@azure/storage-blob');
  if (storage.kind === 'connectionString') {
    return BlobServiceClient.fromConnectionString(storage.connectionString).getContainerClient(name);
  }
  const endpoint = `https://${storage.account}.blob.${storage.suffix}`;
  return new BlobServiceClient(endpoint, await storage.credential()).getContainerClient(name);
};

/** Clients are made on first use and then kept: loading the storage libraries is the slowest part of a cold start. */
export const connect = (storage: StorageSettings): StorageConnection => {
  const tables = new Map<string, Promise<TableClient>>();
  const containers = new Map<string, Promise<ContainerClient>>();
  const kept = <Client>(clients: Map<string, Promise<Client>>, name: string, open: () => Promise<Client>) => {
    const client = clients.get(name) ?? open();
    clients.set(name, client);
    client.catch(() => clients.delete(name));
    return client;
  };
  return {
    table: (name) => kept(tables, name, () => openTable(storage, name)),
    container: (name) => kept(containers, name, () => openContainer(storage, name)),
  };
};
