import http from 'node:http';
import { json } from 'node:stream/consumers';
import type { Clock } from './clock/clock.ts';
import type { RunningHost } from './host-process.ts';

export type HostCall = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the host: `/api/reconciliations`. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type HostAnswer = {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** Parsed JSON; `undefined` when there was none. */
  readonly body: unknown;
};

/** Longer than the longest request of the app. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Calls the app with the host's master key. The call itself does not advance the clock: a caller whose answer needs time advances
 * it.
 */
export const sendToHost = (clock: Clock, host: RunningHost, call: HostCall): Promise<HostAnswer> =>
  new Promise((resolve, reject) => {
    const body = call.body === undefined ? '' : JSON.stringify(call.body);
    // For a DELETE, Node would send a body without a content-length header.
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-functions-key': host.masterKey,
      ...call.headers,
    };
    const options = {
      port: host.port,
      host: '127.0.0.1',
      method: call.method,
      path: call.path,
      headers,
      agent: clock.agent,
    };
    const request = http.request(options, async (answer) => {
      const answered = await json(answer).catch(() => undefined);
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: answered });
    });
    request.on('error', reject);
    request.end(body);
  });

/** Calls the app with the host's master key, and lets time pass until it has answered. */
export const callHost = async (clock: Clock, host: RunningHost, call: HostCall): Promise<HostAnswer> => {
  let settled = false;
  const answer = sendToHost(clock, host, call).finally(() => {
    settled = true;
  });
  answer.catch(() => undefined);
  await clock.advance(PATIENCE_MS, () => settled);
  return answer;
};
