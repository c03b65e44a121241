import { afterAll, describe, it } from '@jest/globals';
import { someSubsetsOf } from '../builders/breaking/subjects.ts';
import { expectHealed, playSubsets, type Told } from './every-subset-story.ts';
import { printSubsets } from './print-subsets.ts';

const played: Told[] = [];
afterAll(() => printSubsets(played));

/** A sample, under the other permission model than in every-subset-*.exhaustive.test.ts, where every subset is. */
describe('links of the access path that are broken at once', () => {
  it.each([
    ['single', 'accessPolicies'],
    ['flexible', 'roles'],
    ['set', 'accessPolicies'],
  ] as const)('are healed by the fewest writes, and nothing else has changed (%s, %s)', async (kind, model) => {
    const told = await playSubsets(kind, model, someSubsetsOf(kind));
    played.push(told);
    expectHealed(told);
  });
});
