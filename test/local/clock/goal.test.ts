import { expect, it } from 'vitest';
import { createClock } from '../../../local/clock/authority.ts';

it('a clock that has found what it was moved for is on its way no more', async () => {
  const clock = createClock();
  let rang = false;
  clock.setTimeout(() => {
    rang = true;
  }, 60_000);
  const from = clock.now();
  await clock.advance(3_600_000, () => rang);
  expect(clock.now()).toBe(from + 60_000);
  expect(clock.goal()).toBe(clock.now());
  await clock.close();
});
