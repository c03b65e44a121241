import { minutesAndSeconds } from './countdown.ts';
import { stageDurations, timeLockedOut } from './durations.ts';
import { KEY, SERVER } from './scenario.ts';
import type { Screen } from './screen.ts';
import type { Timeline } from './timeline.ts';

/** How it ended, and how long each stage took. */
export const showEnd = ({ rows, realSeconds }: Timeline, screen: Screen): void => {
  const lockedOut = timeLockedOut(rows);
  screen.say();
  screen.say(`  ${screen.paint('green', 'HEALED.')} ${stageDurations(rows)}`);
  if (lockedOut !== undefined)
    screen.say(`  ${SERVER} was locked out for ${minutesAndSeconds(lockedOut)} minutes. Nobody did anything by hand.`);
  screen.say(
    `  First ${KEY} was extended, then ${SERVER} was told to try again. All of it took ${realSeconds()} s on your clock.`,
  );
};

export const showNotHealed = (reason: string, screen: Screen): void => {
  screen.say();
  screen.say(`  ${screen.paint('red', 'NOT HEALED.')} ${reason}`);
};
