import http from 'node:http';
import type { World } from '../service.ts';
import type { Outcome } from './retry-schedule.ts';

/** An endpoint that has not answered by then has failed (Event Grid, delivery and retry). */
const ANSWER_WITHIN = 30_000;

export type Exchange = { outcome: Outcome; headers: http.IncomingHttpHeaders; text: string };

/** `within`: ms to wait for an answer, where the sender is not Event Grid. */
type Message = {
  method: 'POST' | 'OPTIONS';
  url: string;
  headers: Record<string, string>;
  body?: string;
  within?: number;
};

/**
 * Sends one request on the clock: sender and receiver have virtual time. A request to a site of this cloud reaches the site's
 * host, or gets the answer of Azure's front end where no host runs. Never rejects.
 */
export const exchange = async (world: Pick<World, 'clock' | 'sites'>, message: Message): Promise<Exchange> => {
  const located = world.sites.locate(message.url);
  if (located && 'status' in located) return { outcome: located, headers: {}, text: '' };
  return send(world.clock, { ...message, ...located });
};

const send = (clock: World['clock'], message: Message): Promise<Exchange> =>
  new Promise((resolve) => {
    let failure: 'timeout' | 'connection' = 'connection';
    const { method, url, headers, body, within = ANSWER_WITHIN } = message;
    const request = http.request(url, { method, headers, agent: clock.agent });
    const timer = clock.setTimeout(() => {
      failure = 'timeout';
      request.destroy();
    }, within);
    const end = (result: Exchange) => {
      clock.clearTimeout(timer);
      resolve(result);
    };
    const fail = () => end({ outcome: { failure }, headers: {}, text: '' });
    request.once('error', fail);
    request.once('close', fail);
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () =>
        end({
          outcome: { status: response.statusCode ?? 0 },
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.end(body);
  });
