import { expect, it } from 'vitest';
import { EVERY, replay } from './replay-story.ts';

it('every step of every orchestrator in a process of its own gives the same results', async () => {
  expect(await replay(EVERY)).toBeGreaterThan(30);
});
