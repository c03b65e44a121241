import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../../local/clock/clock.ts';

export type Received = {
  at: number;
  method: string;
  headers: http.IncomingHttpHeaders;
  /** The events of the body, one or many. */
  events: Record<string, unknown>[];
};

type Reply = { status: number; headers?: Record<string, string>; body?: string } | 'never' | 'hang up';

/** How the endpoint answers; `n` counts its notifications from 0. */
export type Behaviour = {
  validate?(code: string): Reply;
  options?: Reply;
  notify?(n: number, events: Record<string, unknown>[]): Reply;
};

const parsed = (text: string): Record<string, unknown>[] => (text ? [JSON.parse(text)].flat() : []);

const codeOf = ([event]: Record<string, unknown>[]): string => {
  const data = event?.['data'] ?? {};
  const { validationCode } = (typeof data === 'string' ? JSON.parse(data) : data) as { validationCode?: string };
  return validationCode ?? '';
};

/** A webhook on the clock, which remembers its requests. By default it answers each one correctly. */
export const aReceiver = async (clock: Clock, behaviour: Behaviour = {}) => {
  const received: Received[] = [];
  const notifications = () => received.filter(({ headers }) => headers['aeg-event-type'] === 'Notification');
  const {
    validate = (code) => ({ status: 200, body: JSON.stringify({ validationResponse: code }) }),
    options = { status: 200, headers: { 'webhook-allowed-origin': '*', 'webhook-allowed-rate': '*' } },
    notify = () => ({ status: 202 }),
  } = behaviour;

  const reply = ({ method, headers, events }: Received): Reply => {
    if (method === 'OPTIONS') return options;
    if (headers['aeg-event-type'] === 'SubscriptionValidation') return validate(codeOf(events));
    return notify(notifications().length - 1, events);
  };
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', headers } = request;
    const message = { at: clock.now(), method, headers, events: parsed(Buffer.concat(chunks).toString()) };
    received.push(message);
    const answer = reply(message);
    if (answer === 'never') await clock.park(Number.POSITIVE_INFINITY, request);
    if (answer === 'never' || answer === 'hang up') return void request.socket.destroy();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  clock.serve(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/events?code=secret`,
    received,
    notifications,
    /** Every event that it got, in the order of arrival. */
    events: () => notifications().flatMap(({ events }) => events),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
