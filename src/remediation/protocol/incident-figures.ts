import type { IncidentAccount } from './incident-account.ts';
import { secondsBetween } from './incident-account.ts';

/** The figures of one incident. Seconds are left out where an event is not known, or has not happened yet. */
export type IncidentFigures = {
  /** The kind of the first root cause; left out where the incident has no finding with impact. */
  readonly cause?: string;
  readonly seconds: { readonly toDetect?: number; readonly toHeal?: number };
  /** Minutes for each affected consumer; 0 where it was not seen down. */
  readonly minutesDown: readonly number[];
  /** Whether a write of the product ended with the outcome `done`. */
  readonly isRepaired: boolean;
};

/** The figures of an incident, computed from everything that is told of it. */
export const figuresOf = ({ cause, consumers, timeline, writes }: IncidentAccount): IncidentFigures => {
  const [root] = [...cause.roots, ...cause.faults];
  const toDetect = secondsBetween(timeline, 'lost', 'detected');
  const toHeal = secondsBetween(timeline, 'detected', 'healthy');
  return {
    ...(root && { cause: root.kind }),
    seconds: { ...(toDetect !== undefined && { toDetect }), ...(toHeal !== undefined && { toHeal }) },
    minutesDown: consumers.map(({ minutesDown }) => minutesDown),
    isRepaired: writes.some(({ outcome }) => outcome === 'done'),
  };
};

/** How many values there are, in seconds, with their median (`p50`) and 95th percentile (`p95`). */
export type Spread = { readonly count: number; readonly p50: number; readonly p95: number };

/** Percentiles by the nearest rank, so that each is one of the values; `undefined` where there are no values. */
export const spreadOf = (values: readonly number[]): Spread | undefined => {
  const inOrder = values.toSorted((one, other) => one - other);
  const at = (share: number): number | undefined => inOrder[Math.ceil(share * inOrder.length) - 1];
  const [p50, p95] = [at(0.5), at(0.95)];
  return p50 === undefined || p95 === undefined ? undefined : { count: inOrder.length, p50, p95 };
};

export type CauseFigures = {
  readonly cause: string;
  readonly incidents: number;
  readonly toDetect?: Spread;
  readonly toHeal?: Spread;
};

const spreadIn = (all: readonly IncidentFigures[], what: 'toDetect' | 'toHeal'): Spread | undefined =>
  spreadOf(all.flatMap(({ seconds }) => seconds[what] ?? []));

/** How fast incidents of each cause were detected and healed, the most frequent cause first. */
export const figuresByCause = (all: readonly IncidentFigures[]): readonly CauseFigures[] =>
  [...Map.groupBy(all, ({ cause }) => cause)]
    .flatMap(([cause, ones]): readonly CauseFigures[] => {
      if (cause === undefined) return [];
      const [toDetect, toHeal] = [spreadIn(ones, 'toDetect'), spreadIn(ones, 'toHeal')];
      return [{ cause, incidents: ones.length, ...(toDetect && { toDetect }), ...(toHeal && { toHeal }) }];
    })
    .toSorted((one, other) => other.incidents - one.incidents || (one.cause < other.cause ? -1 : 1));
