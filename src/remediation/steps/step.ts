import type { Risk } from './risk.ts';
import type { StepSpec } from './steps.ts';

/** One repair. */
export type Step = StepSpec & {
  /** SHA-256 of kind, target and parameters in canonical form: the same repair has the same id tomorrow. */
  readonly stepId: string;
  readonly risk: Risk;
  /** Why a person must say yes to it, whatever the settings name. Not part of `stepId`. */
  readonly asks?: string;
  /**
   * ISO 8601, ascending: when it is tried, where access may not be effective yet. A refusal before the last one says
   * nothing (invariant 7). Not part of `stepId`.
   */
  readonly attemptsAt?: readonly string[];
  /** Azure actions the product needs for it, as in its custom role. */
  readonly actions: readonly string[];
  readonly undo: string;
  /** One sentence for a human. */
  readonly sentence: string;
  /** Its own ids, by each of which a do-not-heal record may mean it: key version, vault, target. Not part of `stepId`. */
  readonly touches: readonly string[];
  /** ARM resource ids, lower-cased, of the consumers that it is for. Not part of `stepId`. */
  readonly serves: readonly string[];
  /** Only after it can be seen what else is wrong: the key is assessed again before anything that depends on it. */
  readonly reveals: boolean;
  /** Ids of the steps that must be done before. */
  readonly dependsOn: readonly string[];
};
