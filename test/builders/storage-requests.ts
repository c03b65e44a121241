import { STORAGE_VERSION, signedStorage } from './storage-signature.ts';

/** Reads the stored data of an app in the storage of a run, and deletes it, by plain requests. */
export type StorageRequests = {
  /** `prefix`: begins the names of tables. Their rows are columns by name. */
  tables(prefix: string): Promise<readonly { readonly name: string; readonly rows: readonly Row[] }[]>;
  /** `prefix`: begins the names of containers. */
  blobs(
    prefix: string,
  ): Promise<readonly { readonly container: string; readonly name: string; readonly bytes: Buffer }[]>;
  /** Deletes the tables and containers whose names begin so. */
  drop(prefix: string): Promise<void>;
};

export type Row = Readonly<Record<string, unknown>>;

const answered = async (url: string, method = 'GET'): Promise<Response> => {
  const answer = await fetch(url, {
    method,
    headers: { accept: 'application/json;odata=nometadata', 'x-ms-version': STORAGE_VERSION },
  });
  if (!answer.ok) throw new Error(`Storage answered ${answer.status}: ${await answer.text()}`);
  return answer;
};

const valuesOf = async (answer: Response): Promise<readonly Row[]> =>
  ((await answer.json()) as { readonly value: readonly Row[] }).value;

/** Rows come by the thousand. */
const rowsOf = async (url: string): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (let next = ''; ; ) {
    const answer = await answered(`${url}${next}`);
    rows.push(...(await valuesOf(answer)));
    const [partition, row] = ['nextpartitionkey', 'nextrowkey'].map((name) =>
      answer.headers.get(`x-ms-continuation-${name}`),
    );
    if (!partition) return rows;
    next = `&NextPartitionKey=${encodeURIComponent(partition)}&NextRowKey=${encodeURIComponent(row ?? '')}`;
  }
};

/** Azurite lists 5,000 at a time, more than any story makes; a longer list has a marker, which is refused. */
const namesIn = async (url: string): Promise<readonly string[]> => {
  const text = await (await answered(url)).text();
  if (/<NextMarker>[^<]/.test(text)) throw new Error('There are more blobs than this reads.');
  return [...text.matchAll(/<Name>([^<]*)<\/Name>/g)].map(([, name = '']) => name);
};

/** Reads, lists and deletes. */
const PERMISSIONS = 'rdl';

export const storageRequests = (connectionString: string): StorageRequests => {
  const { tableUrl, blobUrl, signature } = signedStorage(connectionString, PERMISSIONS);
  const tableNames = async (prefix: string): Promise<readonly string[]> => {
    const filter = encodeURIComponent(`TableName ge '${prefix}' and TableName lt '${prefix}~'`);
    const found = await valuesOf(await answered(`${tableUrl}/Tables?$filter=${filter}&${signature}`));
    return found.map(({ TableName }) => String(TableName));
  };
  const containerNames = (prefix: string): Promise<readonly string[]> =>
    namesIn(`${blobUrl}/?comp=list&prefix=${prefix}&${signature}`);
  const blob = async (container: string, name: string) => {
    const answer = await answered(`${blobUrl}/${container}/${encodeURI(name)}?${signature}`);
    return { container, name, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  const blobsIn = async (container: string) => {
    const names = await namesIn(`${blobUrl}/${container}?restype=container&comp=list&${signature}`);
    return Promise.all(names.map((name) => blob(container, name)));
  };
  return {
    tables: async (prefix) =>
      Promise.all(
        (await tableNames(prefix)).map(async (name) => ({
          name,
          rows: await rowsOf(`${tableUrl}/${name}()?${signature}`),
        })),
      ),
    blobs: async (prefix) => (await Promise.all((await containerNames(prefix)).map(blobsIn))).flat(),
    drop: async (prefix) => {
      const tables = (await tableNames(prefix)).map((name) => `${tableUrl}/Tables('${name}')?${signature}`);
      const containers = (await containerNames(prefix)).map(
        (name) => `${blobUrl}/${name}?restype=container&${signature}`,
      );
      await Promise.all([...tables, ...containers].map((url) => answered(url, 'DELETE')));
    },
  };
};
