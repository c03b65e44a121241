import type http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HEADER } from './protocol.ts';

export type Answering = {
  /** From now on every request of this server is entered until its response closes. */
  serve(server: http.Server): void;
  park(request: IncomingMessage): void;
  unpark(request: IncomingMessage): void;
  /** Ids of the requests whose answer waits for the clock. */
  parked(): string[];
  /** The requests that are being worked on, in words for people. */
  atWork(): string[];
};

/** The requests that this process answers. */
export function createAnswering(changed: () => void): Answering {
  const received = new Set<IncomingMessage>();
  const parked = new Set<IncomingMessage>();
  const enter = (request: IncomingMessage, response: ServerResponse): void => {
    received.add(request);
    response.once('close', () => {
      received.delete(request);
      changed();
    });
  };
  return {
    serve: (server) => void server.prependListener('request', enter),
    park: (request) => {
      parked.add(request);
      changed();
    },
    unpark: (request) => {
      parked.delete(request);
      changed();
    },
    parked: () => [...parked].flatMap((request) => request.headers[HEADER] ?? []),
    atWork: () =>
      [...received]
        .filter((request) => !parked.has(request))
        .map(({ method, url }) => `${method} ${url?.split('?')[0]}`),
  };
}
