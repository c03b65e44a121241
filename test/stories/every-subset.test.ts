import { afterAll, describe, it } from '@jest/globals';
import { fewSubsetsOf, someSubsetsOf } from '../builders/breaking/subjects.ts';
import { expectHealed, playSubsets, type Told } from './every-subset-story.ts';
import { printSubsets } from './print-subsets.ts';

const played: Told[] = [];
afterAll(() => printSubsets(played));

/** A sample of a sample: each link alone of one kind only. All are in every-subset-*.exhaustive.test.ts. */
describe('links of the access path that are broken at once', () => {
  it.each([
    ['single', 'accessPolicies', fewSubsetsOf],
    ['flexible', 'roles', fewSubsetsOf],
    ['set', 'accessPolicies', someSubsetsOf],
  ] as const)(
    'are healed by the fewest writes, and nothing else has changed (%s, %s)',
    async (kind, model, subsetsOf) => {
      const told = await playSubsets(kind, model, subsetsOf(kind));
      played.push(told);
      expectHealed(told);
    },
  );
});
