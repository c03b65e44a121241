import { isStepKind, STEPS } from './steps.ts';

/**
 * Whether something may contest a step: what undoes an act can be undone by that act again. What only restores takes nothing
 * from anybody, and what cannot be undone stays done.
 */
export const isContested = (kind: string): boolean => isStepKind(kind) && STEPS[kind].risk === 'reversal';
