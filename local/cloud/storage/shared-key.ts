import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DataService } from './data-request.ts';

/** The signed parts of a request: header names in lower case, `path` as it is sent, `account` as the resource names it. */
export type Signable = {
  service: DataService;
  method: string;
  account: string;
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string>>;
};

const SIGNED = ['content-encoding', 'content-language', 'content-length', 'content-md5', 'content-type', 'date'].concat(
  ['if-modified-since', 'if-match', 'if-none-match', 'if-unmodified-since', 'range'],
);

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const canonicalHeaders = (headers: Signable['headers']): string =>
  Object.keys(headers)
    .filter((name) => name.startsWith('x-ms-'))
    .sort(compare)
    .map((name) => `${name}:${headers[name]?.trim()}\n`)
    .join('');

const canonicalQuery = (query: URLSearchParams): string =>
  [...new Set([...query.keys()].map((name) => name.toLowerCase()))]
    .sort(compare)
    .map((name) => {
      const values = [...query].filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
      return `\n${name}:${values.sort(compare).join(',')}`;
    })
    .join('');

/** "Authorize with Shared Key": blobs and queues sign every header, tables four of them. */
const stringToSign = ({ service, method, account, path, query, headers }: Signable): string => {
  const of = (name: string) => (name === 'content-length' && headers[name] === '0' ? '' : (headers[name] ?? ''));
  if (service === 'table') {
    const comp = query.get('comp');
    const date = headers['date'] ?? headers['x-ms-date'] ?? '';
    return [method, of('content-md5'), of('content-type'), date, `/${account}${path}`]
      .join('\n')
      .concat(comp === null ? '' : `?comp=${comp}`);
  }
  const date = (name: string) => (name === 'date' && headers['x-ms-date'] !== undefined ? '' : of(name));
  return [method, ...SIGNED.map(date)]
    .join('\n')
    .concat('\n', canonicalHeaders(headers), `/${account}${path}`, canonicalQuery(query));
};

/** The Authorization header of a request that is signed with a key, base64. */
export const sharedKey = (signable: Signable, name: string, key: string): string =>
  `SharedKey ${name}:${createHmac('sha256', Buffer.from(key, 'base64')).update(stringToSign(signable), 'utf8').digest('base64')}`;

/** Whether a request was signed with one of the keys of an account. */
export const isSigned = (signable: Signable, name: string, keys: readonly string[]): boolean =>
  keys.some((key) => {
    const [own, given] = [sharedKey(signable, name, key), signable.headers['authorization'] ?? ''].map((text) =>
      Buffer.from(text),
    ) as [Buffer, Buffer];
    return own.length === given.length && timingSafeEqual(own, given);
  });
