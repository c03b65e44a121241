import { minutesAndSeconds } from './countdown.ts';
import { stageDurations, timeLockedOut } from './durations.ts';
import { KEY, SERVER } from './scenario.ts';
import type { Screen } from './screen.ts';
import type { Timeline } from './timeline.ts';

/** How it ended, and how long each stage took. */
export const showEnd = ({ rows, realSeconds }: Timeline, screen: Screen): void => {
  const lockedOut = timeLockedOut(rows);
  const down =
    lockedOut === undefined
      ? ''
      : `The users of ${SERVER} were locked out for ${minutesAndSeconds(lockedOut)} minutes. `;
  screen.say();
  screen.say(`  ${screen.paint('green', 'HEALED')}  ${stageDurations(rows)}`);
  screen.paragraph(
    `${down}First ${KEY} was extended, then ${SERVER} was made to try it again; nobody did anything by hand. On your clock it took ${realSeconds()} s.`,
  );
};

/** `reason` is a sentence or two. */
export const showNotHealed = (reason: string, screen: Screen): void => {
  screen.say();
  screen.say(`  ${screen.paint('red', 'NOT HEALED')}`);
  screen.paragraph(reason);
};
