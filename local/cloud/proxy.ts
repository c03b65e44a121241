import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { Clock } from '../clock/clock.ts';
import { type Certificates, isServed } from './certificates.ts';

export type ProxyOptions = {
  clock: Clock;
  port: number;
  certificates: Certificates;
  /** Requests to Azure's hosts, TLS already taken off. */
  azure: http.RequestListener;
  /** Requests to the loopback port itself. */
  loopback: http.RequestListener;
  log(line: string): void;
};

export type Proxy = { port: number; close(): Promise<void> };

/**
 * A forward proxy on 127.0.0.1 that ends TLS for Azure's hosts. The proxy refuses all other hosts: no request may leave this
 * machine.
 */
export const startProxy = async (options: ProxyOptions): Promise<Proxy> => {
  const { certificates, log } = options;
  const context = tls.createSecureContext({ key: certificates.key, cert: certificates.certificate });
  const inner = http.createServer(options.azure);
  const outer = http.createServer(options.loopback);
  options.clock.serve(inner);
  const sockets = new Set<Duplex>();
  inner.keepAliveTimeout = outer.keepAliveTimeout = 0;
  inner.requestTimeout = outer.requestTimeout = 0;
  outer.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  outer.on('connect', (request, socket) => {
    socket.on('error', () => socket.destroy());
    const host = (request.url ?? '').replace(/:\d+$/, '').toLowerCase();
    if (!isServed(host)) return refuse(socket, host, log);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    const secure = new tls.TLSSocket(socket, { isServer: true, secureContext: context });
    secure.on('error', () => socket.destroy());
    inner.emit('connection', secure);
  });
  await listen(outer, options.port);
  const { port } = outer.address() as AddressInfo;
  const close = async () => {
    const closed = new Promise((resolve) => outer.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { port, close };
};

const refuse = (socket: Duplex, host: string, log: (line: string) => void): void => {
  log(`not simulated: CONNECT ${host} (the local cloud answers for Azure's hosts only)`);
  const body = `The local cloud does not answer for ${host}.`;
  socket.end(`HTTP/1.1 502 Bad Gateway\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
};

const listen = (server: http.Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
