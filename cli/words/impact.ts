import type { ListReconciliations200ValueItem } from '../../client/api.ts';
import { relative, since } from './times.ts';

type Line = Pick<ListReconciliations200ValueItem, 'impact' | 'nextAction' | 'notAssessed' | 'plan'>;

/** The impact on a consumer, by the clock of the app: an outage first, or the time that is left to prevent one. */
export const impactIn = ({ impact }: Pick<Line, 'impact'>, now: string): string => {
  switch (impact.kind) {
    case 'down':
      return `down for ${since(impact.since, now)}`;
    case 'losesKey':
      // After that time it is unknown whether the consumer is locked out: the next look will show it.
      return `lock-out ${Date.parse(impact.by) < Date.parse(now) ? 'was due ' : ''}${relative(impact.by, now)}`;
    case 'weakened':
      return 'serves, weakened';
    case 'unclear':
      return 'cannot be seen';
    case 'posture':
      return 'serves, could be safer';
    case 'none':
      return 'serves';
  }
};

/**
 * Different in form as well as in colour: a full mark is an outage now or soon, a half one is weaker, an empty one is unknown.
 */
const MARKS = { down: '●', losesKey: '◐', weakened: '◐', unclear: '○', posture: '·', none: '·' } as const;

export const markOf = ({ impact }: Pick<Line, 'impact'>): string => MARKS[impact.kind];

/** Whether a consumer is affected, or may be. A finding of posture affects no consumer yet. */
export const isAffected = ({ impact, notAssessed }: Pick<Line, 'impact' | 'notAssessed'>): boolean =>
  !['posture', 'none'].includes(impact.kind) || notAssessed !== undefined;
