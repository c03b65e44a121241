import { it } from 'vitest';
import { smallSubsetsOf } from '../../builders/breaking/subjects.ts';
import { expectHealed, playSubsets } from './every-subset-story.ts';
import { printSubsets } from './print-subsets.ts';

it('heals each small subset of the links of a flexible server by the fewest writes, and changes nothing else', async () => {
  const told = await playSubsets('flexible', 'accessPolicies', smallSubsetsOf('flexible'));
  printSubsets([told]);
  expectHealed(told);
});
