import { expect, it } from 'vitest';
import { expectSameWorld, tellLinks } from './killing-links-story.ts';
import { killWorkerAt, NO_KILL } from './killing-story.ts';

it('makes the same world whichever activity the worker is killed in after its effect', async () => {
  const undisturbed = await tellLinks(NO_KILL, 'roles');
  expect([undisturbed.verification, undisturbed.history.at(-1)]).toEqual(['intact', 'ready']);
  let activity = 1;
  let slowest = 0;
  for (; ; activity++) {
    const told = await tellLinks(killWorkerAt('effect', activity), 'roles');
    if (told.workerDeaths === 0) break;
    expectSameWorld(told, undisturbed);
    slowest = Math.max(slowest, told.minutes);
  }
  console.log(
    `worker killed after the effect of each of ${activity - 1} activities: vault, rules and access written once ` +
      `every time, at worst ${slowest} virtual minutes after the loss (undisturbed ${undisturbed.minutes})`,
  );
  expect(activity).toBeGreaterThan(30);
});

it('makes the same world with access policies when the worker is killed after the effect of activity 26', async () => {
  const undisturbed = await tellLinks(NO_KILL, 'accessPolicies');
  const told = await tellLinks(killWorkerAt('effect', 26), 'accessPolicies');
  expect(told.workerDeaths).toBe(1);
  expectSameWorld(told, undisturbed);
});
