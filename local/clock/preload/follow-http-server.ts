import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HEADER } from '../protocol.ts';

/** Ids of the requests that this process has received and not finished. A request from outside has no id. */
export function followHttpServer(changed: () => void): () => string[] {
  const serving = new Set<IncomingMessage>();
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    serving.add(request);
    changed();
    response.once('close', () => {
      serving.delete(request);
      changed();
    });
  });
  return () => [...serving].flatMap((request) => request.headers[HEADER] ?? []);
}
