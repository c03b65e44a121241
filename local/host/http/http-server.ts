import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Reply = { status: number; body?: string | Uint8Array; headers?: Record<string, string | string[]> };

/** A request that has been read. */
export type Incoming = { method: string; url: URL; headers: Record<string, string>; body: Buffer };

/** Azure Functions refuses a longer request body: 100 MB. */
const MAX_BODY_BYTES = 104_857_600;

/**
 * Otherwise Node checks for stalled connections every 30 s, and a virtual clock would have to stop 2,880 times a day
 * for it.
 */
const NEVER_MS = 2 ** 31 - 1;

class BodyTooLarge extends Error {
  override name = 'BodyTooLarge';
}

/**
 * Listens on the loopback interface.
 * @param port 0 for any free port
 * @throws Error naming the port if it is taken
 */
export async function listen(port: number, answer: (request: Incoming) => Promise<Reply>): Promise<Server> {
  const server = createServer({ connectionsCheckingInterval: NEVER_MS }, async (request, response) => {
    const reply = await replyTo(request, answer);
    // The last answer of a server that closes must not leave a connection open.
    if (!server.listening) response.setHeader('connection', 'close');
    send(response, reply);
  });
  // When virtual time jumps, an idle connection would be closed at the moment when its client uses it again, and the
  // request would be lost. So only the client, or `close`, ends a connection.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

/** A status or a header that HTTP forbids is a fault of the function. */
function send(response: ServerResponse, { status, body, headers }: Reply): void {
  try {
    response.writeHead(status, headers).end(body);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new Error(`port ${port} is taken: choose another one with --port, or 0 for any`);
  if (error.code === 'EACCES')
    return new Error(`port ${port} needs more rights than this process has: choose another one with --port`);
  return error;
}

async function replyTo(request: IncomingMessage, answer: (request: Incoming) => Promise<Reply>): Promise<Reply> {
  try {
    const url = URL.parse(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
    if (!url) return { status: 400 };
    return await answer({
      method: request.method ?? 'GET',
      url,
      headers: flatHeaders(request),
      body: await readBody(request),
    });
  } catch (error) {
    if (error instanceof URIError) return { status: 400, body: 'the path is not properly encoded' };
    if (error instanceof BodyTooLarge) return { status: 413, body: error.message, headers: { connection: 'close' } };
    return { status: 500, body: String(error) };
  }
}

function flatHeaders(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers).map(([name, value]) => [name, String(value ?? '')]);
  return Object.fromEntries(entries);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new BodyTooLarge(`the request body is larger than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
