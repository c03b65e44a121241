import type { Line } from './line.ts';

/**
 * The place of a line in the list, compared member by member. The last two members identify the line, so that no two lines have
 * the same place.
 */
export type LinePlace = readonly [rank: number, deadline: string, key: string, consumer: string];

const BY_ACTION: Readonly<Record<Line['nextAction']['kind'], number>> = {
  asks: 2,
  repairs: 3,
  held: 4,
  looksAgain: 4,
  person: 4,
  cannotSee: 5,
  none: 5,
};

const isWell = ({ verdict, notAssessed }: Line): boolean => verdict === 'healthy' && notAssessed === undefined;

/**
 * First consumers that are down, then those that will lose their key, then lines that ask, that are repaired, reported and
 * unseen, and last the healthy ones.
 */
const rankOf = (line: Line): number => {
  if (line.impact.kind === 'down') return 0;
  if (line.impact.kind === 'losesKey') return 1;
  if (isWell(line)) return line.impact.kind === 'posture' ? 6 : 7;
  return BY_ACTION[line.nextAction.kind];
};

/** The consumer that is down for longest, and the nearest deadline, come first. Times are compared in UTC. */
const timeOf = ({ impact }: Line): string => {
  const at = impact.kind === 'down' ? impact.since : impact.kind === 'losesKey' ? impact.by : '';
  const instant = new Date(at);
  return Number.isNaN(instant.getTime()) ? '' : instant.toISOString();
};

export const linePlaceOf = (line: Line): LinePlace => [rankOf(line), timeOf(line), line.key, line.consumer?.id ?? ''];

/** Negative where the first place comes before the other; 0 only for the same key and consumer. */
export const comparePlaces = (one: LinePlace, other: LinePlace): number => {
  for (let at = 0; at < one.length; at += 1) {
    const [a, b] = [one[at] ?? '', other[at] ?? ''];
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
};
