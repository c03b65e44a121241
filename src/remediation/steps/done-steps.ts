import { attemptsAt } from '../model/attempts-by.ts';
import type { Known } from '../model/known.ts';
import type { StepKind } from './steps.ts';

/**
 * When steps of this kind were done on a target in this incident (ISO 8601), oldest first. One that died may have been done:
 * it counts, since each question that is asked with this is one about what the world shows besides.
 */
export const doneAt = ({ attempts = [] }: Pick<Known, 'attempts'>, kind: StepKind, target: string): readonly string[] =>
  attemptsAt(attempts, kind, target)
    .filter(({ outcome }) => outcome === 'done' || outcome === 'unknown')
    .map(({ at }) => at)
    .toSorted();

export const wasDone = (...which: Parameters<typeof doneAt>): boolean => doneAt(...which).length > 0;
