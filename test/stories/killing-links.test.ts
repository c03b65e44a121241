import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectSameWorld, tellLinks } from './killing-links-story.ts';
import { killWorkerAt, NO_KILL, type Told } from './killing-story.ts';

/** A sample; every activity is in killing-links.exhaustive.test.ts. */
describe('a repair of many links during which the worker is killed', () => {
  let undisturbed: Told;
  beforeAll(async () => {
    undisturbed = await tellLinks(NO_KILL, 'accessPolicies');
  });

  it.each([26])('makes the same world when it dies after the effect of activity %i', async (activity) => {
    const told = await tellLinks(killWorkerAt('effect', activity), 'accessPolicies');
    expect(told.workerDeaths).toBe(1);
    expectSameWorld(told, undisturbed);
  });
});
