import type { Line } from './line.ts';

/** The urgency of a line. Each has a sign of its own. */
export type Urgency = 'down' | 'threatened' | 'asked' | 'working' | 'noted' | 'unseen' | 'well';

const BY_ACTION: Readonly<Record<Line['nextAction']['kind'], Urgency>> = {
  asks: 'asked',
  repairs: 'working',
  looksAgain: 'working',
  held: 'noted',
  person: 'noted',
  cannotSee: 'unseen',
  none: 'noted',
};

/** The impact counts before the present action. */
export const urgencyOf = ({ impact, nextAction, verdict, notAssessed }: Line): Urgency => {
  if (impact.kind === 'down') return 'down';
  if (impact.kind === 'losesKey') return 'threatened';
  if (notAssessed !== undefined || verdict === 'unseen') return 'unseen';
  if (verdict === 'healthy' && nextAction.kind === 'none') return 'well';
  return BY_ACTION[nextAction.kind];
};

const ORDER: readonly Urgency[] = ['down', 'threatened', 'asked', 'working', 'noted', 'unseen', 'well'];

/** Smaller is more urgent. */
export const rankOf = (line: Line): number => ORDER.indexOf(urgencyOf(line));

const LAST = Number.MAX_SAFE_INTEGER;

/** The time of the impact: the beginning of an outage, or the deadline of a threat; in milliseconds. */
const impactAt = ({ impact }: Line): number => {
  if (impact.kind === 'down') return Date.parse(impact.since);
  return impact.kind === 'losesKey' ? Date.parse(impact.by) : LAST;
};

/**
 * The consumer that is down for longest comes first, then the consumer with the nearest deadline; then by name, so that rows keep
 * their order.
 */
export const byUrgency = (one: Line, other: Line): number =>
  rankOf(one) - rankOf(other) ||
  impactAt(one) - impactAt(other) ||
  one.key.localeCompare(other.key) ||
  (one.consumer?.name ?? '').localeCompare(other.consumer?.name ?? '');
