import { createCountdown } from './countdown.ts';
import type { Row } from './row.ts';
import type { Format, Screen } from './screen.ts';
import { wrap } from './wrap.ts';

export type Timeline = {
  heading(): void;
  tell(row: Row): void;
  /** Everything told so far. */
  readonly rows: readonly Row[];
  /** On the wall, since the beginning: `1.2`. */
  realSeconds(): string;
};

const COLOURS: { readonly [Tone in Row['tone']]: Format } = { bad: 'red', good: 'green', plain: 'yellow' };
const WIDTHS = [9, 9, 12, 14] as const;
const INDENT = 2 + WIDTHS.reduce((sum, width) => sum + width, 0);

const columns = (cells: readonly string[]): string => cells.map((cell, n) => cell.padEnd(WIDTHS[n] ?? 0)).join('');

/** Prints rows as they come: the clock of the local Azure, real seconds since `start`, the ten minutes, and what happened. */
export const createTimeline = (screen: Screen, start = performance.now()): Timeline => {
  const rows: Row[] = [];
  const countdown = createCountdown();
  const realSeconds = (): string => ((performance.now() - start) / 1000).toFixed(1);
  return {
    rows,
    realSeconds,
    heading: () =>
      screen.say(screen.paint('dim', `  ${columns(['clock', 'real', '10 minutes', 'stage'])}what it means`)),
    tell: (row) => {
      rows.push(row);
      const clock = new Date(row.at).toISOString().slice(11, 19);
      const stage = screen.paint(COLOURS[row.tone], row.stage.padEnd(WIDTHS[3]));
      const [first = '', ...more] = wrap(row.text, screen.width - INDENT);
      screen.say(`  ${columns([clock, `${realSeconds()} s`, countdown(row)])}${stage}${first}`);
      for (const line of more) screen.say(' '.repeat(INDENT) + line);
    },
  };
};
