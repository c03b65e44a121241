import type { NetworkRules } from '../model/facts.ts';
import type { Risk } from './risk.ts';
import type { StepSpec } from './steps.ts';

/** What a write goes on from: whoever has changed it since has acted, and the key is assessed again before anything is written. */
export type Seen = {
  /** ISO 8601: when the version expires. */
  readonly expiresOn: string;
  /** ISO 8601: when it was last written. Left out where Key Vault does not say. */
  readonly updatedOn?: string;
};

/** One repair. */
export type Step = StepSpec & {
  /** Not part of `stepId`. */
  readonly seen?: Seen;
  /** Of a grant to the identity that its plan assigns: object id of that, once it is there. Not part of `stepId`. */
  readonly assigned?: string;
  /** Of a vault that is recovered: its rules when all was well, for policies that judge them. Not part of `stepId`. */
  readonly networkWas?: NetworkRules;
  /** SHA-256 of kind, target and parameters in canonical form: the same repair has the same id tomorrow. */
  readonly stepId: string;
  readonly risk: Risk;
  /** Why a person must say yes to it, whatever the settings name. Not part of `stepId`. */
  readonly asks?: string;
  /**
   * ISO 8601, ascending: when it is tried, where access may not be effective yet. A refusal before the last one says
   * nothing (invariant `only-the-consumer-proves-a-grant`). Not part of `stepId`.
   */
  readonly attemptsAt?: readonly string[];
  /**
   * When the access that it proves was given, by us or by somebody (ISO 8601): it may take a day to be effective. Not part of
   * `stepId`.
   */
  readonly givenAt?: string;
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
