import { createHmac } from 'node:crypto';

/**
 * Reads what an app has in the storage of a run by plain requests: to load the libraries of Azure into a suite takes longer
 * than most of its stories.
 */
export type StorageReader = {
  /** `prefix`: begins the names of tables. Their rows are columns by name. */
  tables(prefix: string): Promise<readonly { readonly name: string; readonly rows: readonly Row[] }[]>;
  /** `prefix`: begins the names of containers. */
  blobs(
    prefix: string,
  ): Promise<readonly { readonly container: string; readonly name: string; readonly bytes: Buffer }[]>;
};

export type Row = Readonly<Record<string, unknown>>;

const VERSION = '2021-06-08';
const UNTIL = '2099-01-01T00:00:00Z';

const partsOf = (connectionString: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    connectionString.split(';').map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at), part.slice(at + 1)];
    }),
  );

/** The account's own signature, to read and list tables and blobs (Microsoft Learn: "Create an account SAS"). */
const signature = ({ AccountName = '', AccountKey = '' }: Readonly<Record<string, string>>): string => {
  const [sp, ss, srt, se, sv] = ['rl', 'bt', 'sco', UNTIL, VERSION];
  const signed = [AccountName, sp, ss, srt, '', se, '', '', sv, '', ''].join('\n');
  const sig = createHmac('sha256', Buffer.from(AccountKey, 'base64')).update(signed).digest('base64');
  return new URLSearchParams({ sv, ss, srt, sp, se, sig }).toString();
};

const answered = async (url: string): Promise<Response> => {
  const answer = await fetch(url, {
    headers: { accept: 'application/json;odata=nometadata', 'x-ms-version': VERSION },
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

export const readStorage = (connectionString: string): StorageReader => {
  const parts = partsOf(connectionString);
  const sas = signature(parts);
  const { TableEndpoint: tableUrl = '', BlobEndpoint: blobUrl = '' } = parts;
  const tables: StorageReader['tables'] = async (prefix) => {
    const filter = encodeURIComponent(`TableName ge '${prefix}' and TableName lt '${prefix}~'`);
    const found = await valuesOf(await answered(`${tableUrl}/Tables?$filter=${filter}&${sas}`));
    const names = found.map(({ TableName }) => String(TableName));
    return Promise.all(names.map(async (name) => ({ name, rows: await rowsOf(`${tableUrl}/${name}()?${sas}`) })));
  };
  const blob = async (container: string, name: string) => {
    const answer = await answered(`${blobUrl}/${container}/${encodeURI(name)}?${sas}`);
    return { container, name, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  const blobs: StorageReader['blobs'] = async (prefix) => {
    const containers = await namesIn(`${blobUrl}/?comp=list&prefix=${prefix}&${sas}`);
    const found = await Promise.all(
      containers.map(async (container) => {
        const names = await namesIn(`${blobUrl}/${container}?restype=container&comp=list&${sas}`);
        return Promise.all(names.map((name) => blob(container, name)));
      }),
    );
    return found.flat();
  };
  return { tables, blobs };
};
