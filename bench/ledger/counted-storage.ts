import { createServer, type IncomingMessage, type Server, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as elapse } from 'node:timers/promises';

/** The traffic so far: requests, and bytes of their answers. */
export type Traffic = { requests: number; bytes: number };

export type CountedStorage = {
  /** The same storage, reached through the counters. */
  readonly connectionString: string;
  readonly traffic: Traffic;
  close(): Promise<void>;
};

/**
 * `answerMs`: how many milliseconds of the wall an answer takes at least, asked when its request comes. `wait`: delays an answer
 * that has come. `counts`: whether a request to this path is counted.
 */
export type Counting = {
  readonly answerMs?: () => number;
  readonly wait?: (request: IncomingMessage) => Promise<void>;
  readonly counts?: (path: string) => boolean;
};

/** Forwards every request to one endpoint. A signature of storage does not cover the host, so the signature stays valid. */
const forward = (
  endpoint: URL,
  traffic: Traffic,
  { answerMs = () => 0, wait, counts = () => true }: Counting,
): Server =>
  createServer((from, answer) => {
    const { method, headers, url = '' } = from;
    if (counts(decodeURIComponent(url))) traffic.requests += 1;
    const ms = answerMs();
    const due = ms > 0 ? elapse(ms) : undefined;
    const to = { host: endpoint.hostname, port: endpoint.port, method, headers, path: url };
    const onward = send(to, async (answered) => {
      await due;
      await wait?.(from);
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.on('data', (chunk: Buffer) => {
        traffic.bytes += chunk.length;
      });
      answered.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    from.pipe(onward);
  });

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

/** Puts counters before the tables and the blobs of a storage emulator. */
export const countStorage = async (connectionString: string, counting: Counting = {}): Promise<CountedStorage> => {
  const traffic: Traffic = { requests: 0, bytes: 0 };
  const servers: Server[] = [];
  let counted = connectionString;
  for (const [, , address] of connectionString.matchAll(/(Table|Blob)Endpoint=(http:\/\/[^/;]+)/g)) {
    const server = forward(new URL(address ?? ''), traffic, counting);
    counted = counted.replace(address ?? '', `http://127.0.0.1:${await listen(server)}`);
    servers.push(server);
  }
  return {
    connectionString: counted,
    traffic,
    close: async () => {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
};
