import { describe, it } from 'vitest';
import { someSubsetsOf } from '../../builders/breaking/subjects.ts';
import { expectHealed, playSubsets } from './every-subset-story.ts';

/** Under the other permission model than in every-subset-*.exhaustive.test.ts, where every subset is. */
describe('links of the access path that are broken alone, in pairs and all at once', () => {
  it.each([
    ['single', 'accessPolicies'],
    ['flexible', 'roles'],
    ['set', 'accessPolicies'],
  ] as const)('are healed by the fewest writes, and nothing else has changed (%s, %s)', async (kind, model) => {
    expectHealed(await playSubsets(kind, model, someSubsetsOf(kind)));
  });
});
