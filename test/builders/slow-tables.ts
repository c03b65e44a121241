import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../local/clock/clock.ts';

const STALL_MS = 30_000;

/** Table storage that can be slow once: it stands between the product and Azurite. */
export type SlowTables = {
  /** Of Azurite, with this in place of its tables. */
  readonly connectionString: string;
  /** Answers on this clock from now on. */
  attach(clock: Clock): void;
  /** The n-th request from now on, counted from 1, waits half a minute before it is carried out. */
  stallAt(n: number): void;
  /** Whether that request has come. */
  reached(): boolean;
  close(): void;
};

const TABLES = /(TableEndpoint=http:\/\/)([^:]+):(\d+)/;

/** Passes the request on as it is: the signature covers neither the host nor the port. */
const forward = (request: http.IncomingMessage, response: http.ServerResponse, port: number): void => {
  const { method, url: path, headers } = request;
  const onward = http.request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.once('error', () => response.destroy());
  request.pipe(onward);
};

export const slowTables = async (azurite: string): Promise<SlowTables> => {
  const port = Number(TABLES.exec(azurite)?.[3]);
  let clock: Clock | undefined;
  let seen = 0;
  let stalled = 0;
  const server = http.createServer(async (request, response) => {
    seen += 1;
    if (seen === stalled) await clock?.park(STALL_MS, request);
    forward(request, response, port);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = (server.address() as AddressInfo).port;
  return {
    connectionString: azurite.replace(TABLES, `$1$2:${own}`),
    attach: (to) => {
      clock = to;
      to.serve(server);
    },
    stallAt: (n) => {
      seen = 0;
      stalled = n;
    },
    reached: () => stalled > 0 && seen >= stalled,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
