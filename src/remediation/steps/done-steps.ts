import { attemptsAt } from '../model/attempts-by.ts';
import type { Known } from '../model/known.ts';
import type { StepKind } from './steps.ts';

/**
 * When steps of this kind were done on a target in this incident (ISO 8601), oldest first. A step with the outcome `unknown` may
 * have been done and counts: each caller also looks at what is observed.
 */
export const doneAt = ({ attempts = [] }: Pick<Known, 'attempts'>, kind: StepKind, target: string): readonly string[] =>
  attemptsAt(attempts, kind, target)
    .filter(({ outcome }) => outcome === 'done' || outcome === 'unknown')
    .map(({ at }) => at)
    .toSorted();

export const wasDone = (...which: Parameters<typeof doneAt>): boolean => doneAt(...which).length > 0;
