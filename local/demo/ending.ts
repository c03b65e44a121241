import type { Act } from './acts/act.ts';
import { stageDurations } from './durations.ts';
import type { Row } from './row.ts';
import type { Screen } from './screen.ts';
import { wrap } from './wrap.ts';

/** How an act ended, and how long each stage took. `realSeconds`: since the beginning of the story. */
export const showEnd = (act: Act, rows: readonly Row[], realSeconds: string, screen: Screen): void => {
  screen.say();
  const [first = '', ...more] = wrap(stageDurations(rows, act.stages), screen.width - 10);
  screen.say(`  ${screen.paint('green', 'HEALED')}  ${first}`);
  for (const line of more) screen.say(`          ${line}`);
  screen.paragraph(`${act.conclusion(rows)} On your clock, ${realSeconds} s have passed since the beginning.`);
};

/** `reason` is a sentence or two. */
export const showNotHealed = (reason: string, screen: Screen): void => {
  screen.say();
  screen.say(`  ${screen.paint('red', 'NOT HEALED')}`);
  screen.paragraph(reason);
};
