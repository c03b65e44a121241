import { countdownOf } from './countdown.ts';
import type { Group } from './fold.ts';
import { type Urgency, urgencyOf } from './urgency.ts';

/** The numbers in the sentence that says what is wrong. */
export type Headline = Readonly<Record<Urgency, number>> & {
  /** Root causes for which a person is asked. */
  readonly answers: number;
  /** Of those that are threatened, the consumers whose lock-out was due before now: whether it came, the next look shows. */
  readonly overdue: number;
  readonly tone: 'bad' | 'warning' | 'quiet';
};

const toneOf = (count: Readonly<Record<Urgency, number>>, answers: number): Headline['tone'] => {
  if (count.down > 0) return 'bad';
  return count.threatened > 0 || answers > 0 ? 'warning' : 'quiet';
};

/**
 * The number of consumers by urgency, and the number of answers that people owe: one for each plan. `now`: milliseconds, by the
 * server's clock.
 */
export const headlineOf = (groups: readonly Group[], now: number): Headline => {
  const count = { down: 0, threatened: 0, asked: 0, working: 0, noted: 0, unseen: 0, well: 0 };
  const lines = groups.flatMap((group) => group.lines);
  for (const line of lines) count[urgencyOf(line)] += 1;
  const asking = lines.filter(({ nextAction }) => nextAction.kind === 'asks');
  const answers = new Set(asking.map(({ plan, key }) => plan?.id ?? key)).size;
  const overdue = lines.filter((line) => countdownOf(line, now)?.kind === 'overdue').length;
  return { ...count, answers, overdue, tone: toneOf(count, answers) };
};
