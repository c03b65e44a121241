import { createCountdown } from './countdown.ts';
import type { Row } from './row.ts';
import type { Format, Screen } from './screen.ts';
import { wrap } from './wrap.ts';

export type Timeline = {
  heading(): void;
  tell(row: Row): void;
  /** All rows so far. */
  readonly rows: readonly Row[];
  /** Real seconds since the beginning: `1.2`. */
  realSeconds(): string;
};

const COLOURS: { readonly [Tone in Row['tone']]: Format } = { bad: 'red', good: 'green', plain: 'yellow' };
const WIDTHS = [9, 9, 12, 14] as const;
const INDENT = 2 + WIDTHS.reduce((sum, width) => sum + width, 0);
/** The text stands beside its row where at least this many columns are free, since Azure's error codes are long; else below. */
const BESIDE = 50;
const BELOW = 4;

const columns = (cells: readonly string[]): string => cells.map((cell, n) => cell.padEnd(WIDTHS[n] ?? 0)).join('');

const dayOf = ({ at }: Row): string => new Date(at).toISOString().slice(0, 10);

/** Prints each new row: the time of the local Azure, real seconds since `start`, the ten minutes, and the event. */
export const createTimeline = (screen: Screen, start = performance.now()): Timeline => {
  const rows: Row[] = [];
  const isBeside = screen.width - INDENT >= BESIDE;
  const say = (beginning: string, text: string): void => {
    const indent = isBeside ? INDENT : BELOW;
    const lines = wrap(text, screen.width - indent);
    const [first = '', ...more] = isBeside ? lines : ['', ...lines];
    screen.say(`  ${beginning}${first}`.trimEnd());
    for (const line of more) screen.say(' '.repeat(indent) + line);
  };
  const countdown = createCountdown();
  const realSeconds = (): string => ((performance.now() - start) / 1000).toFixed(1);
  return {
    rows,
    realSeconds,
    heading: () =>
      screen.say(
        screen.paint(
          'dim',
          `  ${columns(['clock', 'real', '10 minutes'])}stage${isBeside ? '         what it means' : ''}`,
        ),
      ),
    tell: (row) => {
      const [before] = rows.slice(-1);
      rows.push(row);
      if (before && dayOf(before) !== dayOf(row)) screen.say(screen.paint('dim', `  ${dayOf(row)}`));
      const clock = new Date(row.at).toISOString().slice(11, 19);
      const stage = screen.paint(COLOURS[row.tone], row.stage.padEnd(WIDTHS[3]));
      say(`${columns([clock, `${realSeconds()} s`, countdown(row)])}${stage}`, row.text);
    },
  };
};
