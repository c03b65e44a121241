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

/** The port if no program has it, else 0: any free one. */
export const preferPort = async (port: number): Promise<number> => ((await isFree(port)) ? port : 0);

/** @throws Error if another program has the port already */
export const requirePort = async (port: number): Promise<number> => {
  if (await isFree(port)) return port;
  throw new Error(`Port ${port} is taken. Give another one with --port, or leave --port out and a free one is found.`);
};

export type Ports = { readonly hostPort: number; readonly cloudPort: number };

const isTaken = (error: unknown): boolean => /\bEADDRINUSE\b|\bport \d+ is taken\b/.test(String(error));

/**
 * Starts a part on these ports. Another run that starts at the same moment has found them free as well: where it came first, a
 * port that is not `demanded` becomes any free port.
 */
export const startOn = async <Started>(
  ports: Ports,
  demanded: Partial<Ports>,
  start: (ports: Ports) => Promise<Started>,
): Promise<Started> => {
  try {
    return await start(ports);
  } catch (error) {
    if (!isTaken(error)) throw error;
    for (const port of Object.values(demanded)) await requirePort(port);
    return start({ hostPort: 0, cloudPort: 0, ...demanded });
  }
};
