import { it } from 'vitest';
import { subsetsOf } from '../../builders/breaking/subjects.ts';
import { expectHealed, playSubsets } from './every-subset-story.ts';
import { printSubsets } from './print-subsets.ts';

it('heals every subset of the links of a single server by the fewest writes, and changes nothing else', async () => {
  const told = await playSubsets('single', 'roles', subsetsOf('single'));
  printSubsets([told]);
  expectHealed(told);
});
