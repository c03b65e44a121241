import type { Line } from './line.ts';

/** How much a line is anybody's concern now. Each has a sign of its own. */
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

/** Impact comes before what is done about it. */
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

/** When it affects: since when it is down, or by when it will be; in milliseconds. */
const impactAt = ({ impact }: Line): number => {
  if (impact.kind === 'down') return Date.parse(impact.since);
  return impact.kind === 'losesKey' ? Date.parse(impact.by) : LAST;
};

/**
 * The consumer that is down for longest comes first, then the one with the nearest deadline; then by name, so that rows keep their
 * places.
 */
export const byUrgency = (one: Line, other: Line): number =>
  rankOf(one) - rankOf(other) ||
  impactAt(one) - impactAt(other) ||
  one.key.localeCompare(other.key) ||
  (one.consumer?.name ?? '').localeCompare(other.consumer?.name ?? '');
