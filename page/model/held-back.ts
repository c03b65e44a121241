import type { Line } from './line.ts';
import { STEP_RISKS } from './step-risks.ts';

type Step = NonNullable<Line['plan']>['steps'][number];

const isSame = (one: string | undefined, other: string): boolean => one?.toLowerCase() === other.toLowerCase();

const RISKS: Readonly<Record<string, string>> = STEP_RISKS;

/**
 * The steps that an override of one consumer holds back: each step on that consumer alone, and each step that would give the key
 * back to all its consumers. A step that only restores the key goes on for other consumers, if there are any.
 */
const heldForOne = (lines: readonly Line[], consumer: string): readonly Step[] => {
  const keys = new Set(lines.filter((line) => isSame(line.consumer?.id, consumer)).map(({ key }) => key));
  const ofKeys = lines.filter(({ key }) => keys.has(key));
  const isAlone = ofKeys.every((line) => isSame(line.consumer?.id, consumer));
  return ofKeys
    .flatMap(({ plan }) => plan?.steps ?? [])
    .filter(({ kind, target }) => isAlone || isSame(target, consumer) || RISKS[kind] !== 'restore');
};

/**
 * The writes that an override of a key, a vault or a consumer holds back, and that may follow once it is lifted. Without a target
 * the override is about everything.
 */
export const stepsHeldBack = (lines: readonly Line[], target: string | undefined): readonly Step[] => {
  if (target !== undefined && lines.some(({ consumer }) => isSame(consumer?.id, target)))
    return heldForOne(lines, target);
  return lines
    .filter(({ key, vault }) => target === undefined || isSame(key, target) || isSame(vault, target))
    .flatMap(({ plan }) => plan?.steps ?? []);
};
