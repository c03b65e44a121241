import { expect, it } from 'vitest';
import { aCloud } from '../sdk.ts';
import { aClock, readKey, start } from './read-key.ts';

it('An answer takes as many virtual milliseconds as its host is said to take', async () => {
  const clock = aClock();
  const switches = { answerMilliseconds: { 'vault.azure.net': 250, 'management.azure.com': 7_000 } };
  const cloud = await aCloud({ clock, world: 'mysql-single', switches });
  const { version, at } = await readKey(clock, cloud.environment, ['kv-orders', 'cmk']);
  expect(version).toBeDefined();
  // The challenge, and the key.
  expect(at - start).toBe(500);
});

it('An answer that is late by the wall takes no virtual time: the clock stands still until it comes', async () => {
  const clock = aClock();
  const switches = { answerWallMilliseconds: { 'vault.azure.net': 40 } };
  const cloud = await aCloud({ clock, world: 'mysql-single', switches });
  const began = performance.now();
  const { version, at } = await readKey(clock, cloud.environment, ['kv-orders', 'cmk']);
  expect(version).toBeDefined();
  expect(at - start).toBe(0);
  // The challenge, and the key; a timer of Node may end a millisecond early.
  expect(performance.now() - began).toBeGreaterThan(2 * 39);
});
