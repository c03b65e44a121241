import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import { type Incoming, readIncoming } from '../cloud/incoming.ts';
import type { Answer } from '../cloud/service.ts';
import { forward } from '../cloud/web/forward.ts';
import { preferPort } from '../free-port.ts';
import { SIGN_IN, signIn, type Vouching } from './sign-in.ts';

export type FrontOptions = Vouching & {
  readonly clock: Clock;
  /** The present port of the app, which may be started again. */
  readonly appPort: () => number;
};

/** The app as a person's browser sees it: its page, its API, and the page where a person chooses an account. */
export type Front = { readonly page: string; close(): Promise<void> };

const PORT = 7070;
const SETTINGS = '/api/client-settings';
const OWN_NAMES = ['127.0.0.1', 'localhost'];

/** The page asks the app where people sign in. This passes on the app's answer, with the local sign-in added. */
const withSignIn = (answer: Answer): Answer => {
  const settings = JSON.parse(answer.bytes?.toString() ?? '{}') as { signIn?: object };
  if (answer.status !== 200 || !settings.signIn) return answer;
  const body = { ...settings, signIn: { ...settings.signIn, handedBy: SIGN_IN } };
  return { status: 200, headers: { 'cache-control': 'no-store' }, body };
};

const answerTo = async (options: FrontOptions, incoming: Incoming, host: string): Promise<Answer> => {
  // A foreign web site may point its own name at this machine: it must not get a token.
  if (!OWN_NAMES.includes(incoming.host)) return { status: 421, body: { error: 'This is for localhost only.' } };
  const own = await signIn(options, incoming);
  if (own) return own;
  if (incoming.path === '/') return { status: 302, headers: { location: '/api/ui' } };
  const answer = await forward(options.clock, options.appPort(), { ...incoming, host });
  return incoming.path === SETTINGS ? withSignIn(answer) : answer;
};

const send = (response: http.ServerResponse, { status, headers, body, bytes }: Answer): void => {
  const isJson = body !== undefined;
  response.writeHead(status, { ...(isJson && { 'content-type': 'application/json' }), ...headers });
  response.end(isJson ? JSON.stringify(body) : bytes);
};

const respond = async (options: FrontOptions, request: http.IncomingMessage): Promise<Answer> => {
  const incoming = await readIncoming(request);
  return answerTo(options, incoming, request.headers.host ?? '');
};

/** Listens on this machine alone, on 7070 where that is free. The page's files are the app's own, unmodified. */
export const openFront = async (options: FrontOptions): Promise<Front> => {
  const server = http.createServer((request, response) => {
    respond(options, request).then(
      (answer) => send(response, answer),
      () => request.socket.destroy(),
    );
  });
  const port = await preferPort(PORT);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    page: `http://localhost:${(server.address() as AddressInfo).port}/api/ui`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
