import type http from 'node:http';

const addresses = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const names = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether a request comes from this machine and means it: a web page that rebinds its name has another Host. */
export const isLoopback = ({ socket, headers }: http.IncomingMessage): boolean =>
  addresses.has(socket.remoteAddress ?? '') && names.has((headers.host ?? '').replace(/:\d+$/, ''));
