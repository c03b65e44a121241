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
  let hasEnded = false;
  // Node ends timers in their order: a timer that is shorter than the challenge's wait and the key's has ended before both answers are there.
  setTimeout(() => {
    hasEnded = true;
  }, 60);
  const { version, at } = await readKey(clock, cloud.environment, ['kv-orders', 'cmk']);
  expect(version).toBeDefined();
  expect(at - start).toBe(0);
  expect(hasEnded).toBe(true);
});
