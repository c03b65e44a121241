import { afterAll, describe, it } from '@jest/globals';
import type { Link } from '../builders/breaking/links.ts';
import { subsetsOf } from '../builders/breaking/subjects.ts';
import { expectHealed, playSubsets, type Told } from './every-subset-story.ts';
import { printSubsets } from './print-subsets.ts';

const OF_THE_KEY: readonly Link[] = ['keyDeleted', 'keyDisabled', 'keyExpired'];

const played: Told[] = [];
afterAll(() => printSubsets(played));

/** A sample; every subset is in every-subset-*.exhaustive.test.ts. */
describe('links of the access path that are broken at once', () => {
  it.each([
    ['single', 'roles'],
    ['flexible', 'roles'],
  ] as const)('are healed by the fewest writes, and nothing else has changed (%s, %s)', async (kind, model) => {
    const subsets = subsetsOf(kind).filter((links) => links.every((link) => OF_THE_KEY.includes(link)));
    const told = await playSubsets(kind, model, subsets);
    played.push(told);
    expectHealed(told);
  });
});
