import net from 'node:net';

/**
 * A socket that only waits for another process must not keep the event loop alive: then 'beforeExit' means "nothing left to do",
 * with thread pool, files, DNS and connecting sockets known to libuv itself. Every socket passes `_read` before it can wait for
 * data: connecting sockets, accepted sockets, pipes of children. `touched` is called whenever a socket had data.
 */
export function unrefSockets(touched: () => void): void {
  const { unref } = net.Socket.prototype;
  net.Socket.prototype._read = new Proxy(net.Socket.prototype._read, {
    apply: (read, socket: net.Socket, size) => {
      Reflect.apply(read, socket, size);
      unref.call(socket);
      touched();
    },
  });
  net.Socket.prototype.ref = function ref() {
    return this;
  };
  net.Server.prototype.listen = new Proxy(net.Server.prototype.listen, {
    apply: (listen, server: net.Server, where) => Reflect.apply(listen, server, where).unref(),
  });
}
