import type { NetworkRules } from '../model/facts.ts';
import type { Risk } from './risk.ts';
import type { StepSpec } from './steps.ts';

/**
 * The state that a write starts from. Where somebody has changed it since, the key is assessed again before anything is written.
 */
export type Seen = {
  /** ISO 8601: when the version expires. */
  readonly expiresOn: string;
  /** ISO 8601: when the version was last written. Left out where Key Vault does not show it. */
  readonly updatedOn?: string;
};

/** One repair. */
export type Step = StepSpec & {
  /** The state that the step was planned on. Not part of `stepId`. */
  readonly seen?: Seen;
  /**
   * Only for a grant to the identity that its plan assigns: the object id of that identity, once it exists. Not part of `stepId`.
   */
  readonly assigned?: string;
  /**
   * Only for the recovery of a vault: its network rules at the last healthy look, for Azure policies that judge them. Not part of
   * `stepId`.
   */
  readonly networkWas?: NetworkRules;
  /** SHA-256 of kind, target and parameters in canonical form: the same repair has the same id tomorrow. */
  readonly stepId: string;
  readonly risk: Risk;
  /** Why a person must approve the step, whatever the settings name. Not part of `stepId`. */
  readonly asks?: string;
  /**
   * ISO 8601, ascending: when the step is tried, where access may not be effective yet. A refusal before the last of these times
   * is no evidence (invariant `only-the-consumer-proves-a-grant`). Not part of `stepId`.
   */
  readonly attemptsAt?: readonly string[];
  /**
   * When the access that the step proves was given, by the product or by somebody else (ISO 8601): it may take a day to be
   * effective. Not part of `stepId`.
   */
  readonly givenAt?: string;
  /** Azure actions that the product needs for the step, as in its custom role. */
  readonly actions: readonly string[];
  readonly undo: string;
  /** One sentence for a person. */
  readonly sentence: string;
  /**
   * Ids of the step itself: key version, vault, target. A do-not-heal record on any of them forbids it. Not part of `stepId`.
   */
  readonly touches: readonly string[];
  /** ARM resource ids, lower-cased, of the consumers that the step serves. Not part of `stepId`. */
  readonly serves: readonly string[];
  /** More faults may show only after this step: the key is assessed again before any step that depends on it. */
  readonly reveals: boolean;
  /** Ids of the steps that must be done before this one. */
  readonly dependsOn: readonly string[];
};
