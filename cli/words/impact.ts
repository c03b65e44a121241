import type { ListReconciliations200ValueItem } from '../../client/api.ts';
import { relative, since } from './times.ts';

type Line = Pick<ListReconciliations200ValueItem, 'impact' | 'nextAction' | 'notAssessed' | 'plan'>;

/** What a consumer suffers, by the clock of the app: what is down, and until when something can be done, first. */
export const impactIn = ({ impact }: Pick<Line, 'impact'>, now: string): string => {
  switch (impact.kind) {
    case 'down':
      return `down for ${since(impact.since, now)}`;
    case 'losesKey':
      // Past it nobody has seen yet whether the consumer is locked out: that shows at the next look.
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

/** Different in form as well as in colour: full is down or will be, half is weaker, empty is not known. */
const MARKS = { down: '●', losesKey: '◐', weakened: '◐', unclear: '○', posture: '·', none: '·' } as const;

export const markOf = ({ impact }: Pick<Line, 'impact'>): string => MARKS[impact.kind];

/** Whether somebody is affected, or nobody can say that nobody is. What could be safer affects nobody yet. */
export const isAffected = ({ impact, notAssessed }: Pick<Line, 'impact' | 'notAssessed'>): boolean =>
  !['posture', 'none'].includes(impact.kind) || notAssessed !== undefined;
