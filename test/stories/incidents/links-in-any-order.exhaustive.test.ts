import fc from 'fast-check';
import { it } from 'vitest';
import { anyCourse, heals } from './links-in-any-order-story.ts';

const SEED = 20_261_127;
const RUNS = 40;

it('heals links that break in any order while others are repaired, and changes nothing else', async () => {
  const begun = performance.now();
  await fc.assert(fc.asyncProperty(anyCourse, heals), { seed: SEED, numRuns: RUNS, endOnFailure: true });
  const seconds = (performance.now() - begun) / 1_000 / RUNS;
  console.log(`seed ${SEED}, ${RUNS} courses, all healed: ${seconds.toFixed(1)} s a course`);
});
