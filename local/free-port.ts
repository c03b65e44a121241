import { once } from 'node:events';
import net from 'node:net';

const isFree = async (port: number): Promise<boolean> => {
  const server = net.createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
};

/** The port if nobody has it, else 0: any free one. */
export const preferPort = async (port: number): Promise<number> => ((await isFree(port)) ? port : 0);

/** @throws Error if somebody has the port already */
export const requirePort = async (port: number): Promise<number> => {
  if (await isFree(port)) return port;
  throw new Error(`Port ${port} is taken. Give another one with --port, or leave --port out and a free one is found.`);
};
