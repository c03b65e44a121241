import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { OpenRequests } from './open-requests.ts';
import { HEADER } from './protocol.ts';

/** Published when a request is made; 'http.client.request.start' comes only once it has a socket, after DNS and TLS. */
const CREATED = 'http.client.request.created';

/** Enters every request of `node:http` and `node:https` that `counts` into `open`. Returns the function that stops it. */
export function followHttpClient(open: OpenRequests, counts: (request: ClientRequest) => boolean): () => void {
  const created = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    if (!counts(request)) return;
    const [path] = request.path.split('?');
    const id = open.begin(request, `${request.method} ${request.host}${path}`);
    if (!request.headersSent) request.setHeader(HEADER, id);
    request.once('close', () => open.end(request));
  };
  subscribe(CREATED, created);
  return () => {
    unsubscribe(CREATED, created);
  };
}
