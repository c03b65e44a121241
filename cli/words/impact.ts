import type { ListReconciliations200ValueItem } from '../../client/api.ts';
import { relative, since } from './times.ts';

type Line = Pick<ListReconciliations200ValueItem, 'harm' | 'nextAction' | 'notAssessed' | 'plan'>;

/** What a consumer suffers, by the clock of the app: what is down, and until when something can be done, first. */
export const impactIn = ({ harm }: Pick<Line, 'harm'>, now: string): string => {
  switch (harm.kind) {
    case 'down':
      return `down for ${since(harm.since, now)}`;
    case 'losesKey':
      // Past it nobody has seen yet whether the consumer is locked out: that shows at the next look.
      return `lock-out ${Date.parse(harm.by) < Date.parse(now) ? 'was due ' : ''}${relative(harm.by, now)}`;
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

export const markOf = ({ harm }: Pick<Line, 'harm'>): string => MARKS[harm.kind];

/** Whether somebody is affected, or nobody can say that nobody is. What could be safer affects nobody yet. */
export const isAffected = ({ harm, notAssessed }: Pick<Line, 'harm' | 'notAssessed'>): boolean =>
  !['posture', 'none'].includes(harm.kind) || notAssessed !== undefined;
