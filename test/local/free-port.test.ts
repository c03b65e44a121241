import { once } from 'node:events';
import net, { type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Ports, startOn } from '../../local/free-port.ts';

const open: Server[] = [];

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

const listen = async (port: number): Promise<number> => {
  const server = net.createServer().listen(port, '127.0.0.1');
  open.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** Starts two parts, as `npm start` does. */
const start = async ({ hostPort, cloudPort }: Ports) => ({
  cloudPort: await listen(cloudPort),
  hostPort: await listen(hostPort),
});

describe('a start beside another one', () => {
  it('takes the ports that it is given', async () => {
    const [hostPort, cloudPort] = [await listen(0), await listen(0)];
    await Promise.all(open.splice(0).map((server) => once(server.close(), 'close')));
    expect(await startOn({ hostPort, cloudPort }, {}, start)).toEqual({ hostPort, cloudPort });
  });

  it('takes any that are free where the other one came first', async () => {
    const [hostPort, cloudPort] = [await listen(0), await listen(0)];
    const started = await startOn({ hostPort, cloudPort }, {}, start);
    expect([hostPort, cloudPort]).not.toContain(started.cloudPort);
    expect([hostPort, cloudPort]).not.toContain(started.hostPort);
  });

  it('keeps a port that was demanded where another one is taken', async () => {
    const cloudPort = await listen(0);
    const hostPort = await listen(0);
    await once(open.pop()?.close() as Server, 'close');
    expect(await startOn({ hostPort, cloudPort }, { hostPort }, start)).toMatchObject({ hostPort });
  });

  it('says which port is taken, and which option changes it, where that was demanded', async () => {
    const hostPort = await listen(0);
    await expect(startOn({ hostPort, cloudPort: 0 }, { hostPort }, start)).rejects.toThrow(
      `Port ${hostPort} is taken. Give another one with --port`,
    );
  });

  it('does not try again what failed for another reason', async () => {
    let tries = 0;
    const fail = async () => {
      tries += 1;
      throw new Error('the bundle is broken');
    };
    await expect(startOn({ hostPort: 0, cloudPort: 0 }, {}, fail)).rejects.toThrow('the bundle is broken');
    expect(tries).toBe(1);
  });
});
