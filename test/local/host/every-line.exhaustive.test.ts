import { expect, it } from 'vitest';
import { type CrashStory, crashAfterLine, EXPECTED } from './crash-story.ts';

it('a host that is killed right after any line of its journal loses nothing', async () => {
  const stories: CrashStory[] = [];
  do stories.push(await crashAfterLine(stories.length + 1));
  while (stories.at(-1)?.crashed);
  expect(stories.length).toBeGreaterThanOrEqual(20);
  expect(stories.map(({ output }) => output)).toEqual(stories.map(() => EXPECTED));
});
