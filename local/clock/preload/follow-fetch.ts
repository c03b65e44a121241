import { subscribe } from 'node:diagnostics_channel';
import type { OpenRequests } from '../open-requests.ts';
import { HEADER } from '../protocol.ts';

/** The request object that undici publishes: https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md */
type UndiciRequest = { origin: string; method: string; path: string; addHeader(name: string, value: string): void };

/** Enters every `fetch` into `open`. */
export function followFetch(open: OpenRequests): void {
  const on = (channel: string, listener: (request: UndiciRequest) => void): void =>
    subscribe(`undici:request:${channel}`, (message) => listener((message as { request: UndiciRequest }).request));
  on('create', (request) => {
    // A tunnel has no end of its own; the request inside it has been entered before.
    if (request.method === 'CONNECT') return;
    const [path] = request.path.split('?');
    request.addHeader(HEADER, open.begin(request, `${request.method} ${request.origin}${path}`));
  });
  on('trailers', open.end);
  on('error', open.end);
}
