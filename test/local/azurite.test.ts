import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { startAzurite } from '../../local/azurite.ts';

const tablePort = (connectionString: string): number =>
  Number(/TableEndpoint=http:\/\/127\.0\.0\.1:(\d+)/.exec(connectionString)?.[1]);

const openSocket = async (port: number) => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  // A killed process resets its connections.
  socket.on('error', () => undefined);
  return { gone: new Promise<string>((resolve) => socket.on('close', () => resolve('gone'))) };
};

const PARENT = `
  const { startAzurite } = await import('${new URL('../../local/azurite.ts', import.meta.url)}');
  console.log((await startAzurite()).connectionString);
`;

describe('Azurite', () => {
  it('listens until it is closed', async () => {
    const azurite = await startAzurite();
    const { gone } = await openSocket(tablePort(azurite.connectionString));
    await azurite.close();
    expect(await gone).toBe('gone');
  });

  it('ends when the process that started it is killed', async () => {
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', PARENT]);
    const [connectionString] = await once(createInterface({ input: parent.stdout }), 'line');
    const { gone } = await openSocket(tablePort(connectionString));
    parent.kill('SIGKILL');
    expect(await gone).toBe('gone');
  });
});
