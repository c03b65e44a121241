import { expect, it } from 'vitest';
import { expectSameStory, killHostAfterLine, NO_KILL, tell } from './killing-story.ts';

it('tells the same whichever line of the journal the host is killed after', async () => {
  const begun = performance.now();
  const undisturbed = await tell(NO_KILL);
  let line = 1;
  let slowest = 0;
  for (; ; line++) {
    const told = await tell(killHostAfterLine(line));
    if (told.hostDeaths === 0) break;
    expect({ line, deaths: told.hostDeaths }).toEqual({ line, deaths: 1 });
    expectSameStory(told, undisturbed);
    expect(told.writes).toEqual(undisturbed.writes);
    slowest = Math.max(slowest, told.minutes);
  }
  const seconds = (performance.now() - begun) / 1_000;
  console.log(
    `host killed after each of ${line - 1} lines: healed every time, at worst ${slowest} virtual minutes after the loss ` +
      `(undisturbed ${undisturbed.minutes}); ${(seconds / line).toFixed(1)} s a run, ${Math.round(seconds)} s in all`,
  );
  expect(line).toBeGreaterThan(50);
});
