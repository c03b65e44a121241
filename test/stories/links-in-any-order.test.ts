import { it } from '@jest/globals';
import fc from 'fast-check';
import { anyCourse, heals } from './links-in-any-order-story.ts';

/** A sample; more of them are in links-in-any-order.exhaustive.test.ts. */
it('heals links that break in any order while others are repaired, and changes nothing else', async () => {
  await fc.assert(fc.asyncProperty(anyCourse, heals), { seed: 4, numRuns: 3, endOnFailure: true });
});
