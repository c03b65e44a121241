import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { MINUTE, SECOND, VAULT } from '../key-vault/vault-cloud.ts';
import { aWebhook } from './grid.ts';

type Message = { port?: number; arrived?: number };

it('a webhook in a process of its own answers in its time: after 30 seconds it is too late, before it is not', async () => {
  const { world, subscribe, advance, later, deadLetters, pending } = await aWebhook();
  const heard: Message[] = [];
  const child = world.clock.fork(fileURLToPath(new URL('./slow-webhook.ts', import.meta.url)));
  child.on('message', (message: Message) => heard.push(message));
  await world.clock.advance(0, () => heard.some(({ port }) => port));
  const port = heard.find((message) => message.port)?.port;
  await subscribe({ endpointUrl: `http://127.0.0.1:${port}/` });
  const start = later(0).getTime();
  world.keyVault.createKey(VAULT, 'cmk');
  await advance(10 * MINUTE);
  const arrivals = heard.flatMap(({ arrived }) => (arrived === undefined ? [] : [arrived - start]));
  expect(arrivals.sort((a, b) => a - b)).toEqual([0, 40 * SECOND]);
  expect([deadLetters(), pending()]).toEqual([[], []]);
});
