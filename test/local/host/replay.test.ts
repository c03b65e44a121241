import { expect, it } from '@jest/globals';
import { replay } from './replay-story.ts';

/** A sample; all of them are in replay.exhaustive.test.ts. */
it('every orchestrator step in a process of its own gives the same results', async () => {
  expect(await replay(['eternal', 'mix'])).toBeGreaterThan(15);
});
