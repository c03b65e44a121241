import type http from 'node:http';
import { AzureError } from './arm/error.ts';

/** A request as it came in, for any plane. The host is lower-cased, the path starts with one slash. */
export type Incoming = {
  method: string;
  host: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  text: string;
  /** The body as it came, for a body that is not text: a package. */
  bytes: Buffer;
};

/** Reads a request to its end. The SDKs send double slashes in front of scopes; Azure takes them as one, and so do we. */
export const readIncoming = async (request: http.IncomingMessage): Promise<Incoming> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const [path = '/', search = ''] = splitOnce(request.url ?? '/', '?');
  return {
    method: request.method ?? 'GET',
    host: (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase(),
    path: path.replace(/\/{2,}/g, '/'),
    query: new URLSearchParams(search),
    headers: Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    ),
    text: bytes.toString('utf8'),
    bytes,
  };
};

const splitOnce = (text: string, sign: string): [string, string?] => {
  const at = text.indexOf(sign);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};

/** The JSON body, undefined when there is none; 400 with the given code when it is not JSON. */
export const jsonBody = ({ text }: Incoming, code: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new AzureError(400, code, 'The request content was invalid and could not be deserialized.');
  }
};
