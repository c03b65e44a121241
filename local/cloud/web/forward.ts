import http from 'node:http';
import type { Clock } from '../../clock/clock.ts';
import type { Incoming } from '../incoming.ts';
import type { Answer } from '../service.ts';

/** Headers that belong to one connection only (RFC 9110, 7.6.1), or to the clock. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'content-length', 'x-clock'];

const endToEnd = (headers: http.IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || HOP_BY_HOP.includes(name) ? [] : [[name, String(value)]],
    ),
  );

const targetOf = ({ path, query }: Incoming): string => (query.size > 0 ? `${path}?${query}` : path);

/**
 * Passes a request on to a host on a port of this machine, as Azure's front end does. Never rejects: 502 where the host does not
 * answer.
 */
export const forward = ({ agent }: Pick<Clock, 'agent'>, port: number, incoming: Incoming): Promise<Answer> =>
  new Promise((resolve) => {
    const { method, host, bytes } = incoming;
    const headers = {
      ...endToEnd(incoming.headers),
      host,
      'content-length': bytes.byteLength,
      'x-forwarded-host': host,
      'x-forwarded-proto': 'https',
    };
    const request = http.request({ host: '127.0.0.1', port, method, path: targetOf(incoming), headers, agent });
    const fail = (): void => resolve({ status: 502 });
    request.once('error', fail);
    request.once('close', fail);
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 502,
          headers: endToEnd(response.headers),
          bytes: Buffer.concat(chunks),
        }),
      );
    });
    request.end(bytes);
  });
