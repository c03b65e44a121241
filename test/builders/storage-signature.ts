import { createHmac } from 'node:crypto';

/**
 * The data for plain requests to the storage of a run: loading the libraries of Azure into a suite takes longer than most of its
 * stories.
 */
export type SignedStorage = {
  readonly tableUrl: string;
  readonly blobUrl: string;
  /** Query parameters. */
  readonly signature: string;
};

/** The value of a header of every request. */
export const STORAGE_VERSION = '2021-06-08';
const UNTIL = '2099-01-01T00:00:00Z';

const partsOf = (connectionString: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    connectionString.split(';').map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at), part.slice(at + 1)];
    }),
  );

/**
 * The account's own signature for its tables and blobs (Microsoft Learn: "Create an account SAS"). `permissions`: letters, in
 * the order of that page.
 */
export const signedStorage = (connectionString: string, permissions: string): SignedStorage => {
  const { AccountName, AccountKey = '', TableEndpoint = '', BlobEndpoint = '' } = partsOf(connectionString);
  const [ss, srt] = ['bt', 'sco'];
  const signed = [AccountName, permissions, ss, srt, '', UNTIL, '', '', STORAGE_VERSION, '', ''].join('\n');
  const sig = createHmac('sha256', Buffer.from(AccountKey, 'base64')).update(signed).digest('base64');
  const query = { sv: STORAGE_VERSION, ss, srt, sp: permissions, se: UNTIL, sig };
  return { tableUrl: TableEndpoint, blobUrl: BlobEndpoint, signature: new URLSearchParams(query).toString() };
};
