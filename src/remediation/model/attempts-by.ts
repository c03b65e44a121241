import { oncePer } from './once-per.ts';
import type { Attempt } from './records.ts';

const byStep = oncePer((attempts: readonly Attempt[]) => Map.groupBy(attempts, ({ stepId }) => stepId));
const byTarget = oncePer((attempts: readonly Attempt[]) => Map.groupBy(attempts, ({ target }) => target.toLowerCase()));
const byKind = oncePer((attempts: readonly Attempt[]) => Map.groupBy(attempts, ({ step }) => step));

/**
 * The attempts of one step, in their order. They are grouped once: a key with hundreds of servers down has as many steps, each
 * tried several times.
 */
export const attemptsOf = (attempts: readonly Attempt[], stepId: string): readonly Attempt[] =>
  byStep(attempts).get(stepId) ?? [];

/** The attempts of all steps on one target, in any casing, in their order. */
export const attemptsOn = (attempts: readonly Attempt[], target: string): readonly Attempt[] =>
  byTarget(attempts).get(target.toLowerCase()) ?? [];

/**
 * The attempts of one kind of step on one target. They are grouped by kind, since a vault is the target of the grants of all its
 * consumers.
 */
export const attemptsAt = (attempts: readonly Attempt[], kind: Attempt['step'], target: string): readonly Attempt[] =>
  attemptsOn(byKind(attempts).get(kind) ?? NONE, target);

const NONE: readonly Attempt[] = [];
