import type { ImpactTold } from './message.ts';

/**
 * An affected consumer as a message names it. `noun`: the common name of its kind. `deadline` (ISO 8601): when it is
 * locked out.
 */
export type AffectedOne = {
  readonly id: string;
  readonly name: string;
  readonly noun: string;
  readonly harm: ImpactTold;
  readonly deadline?: string;
  readonly sentence: string;
};

/** The sentences of a notice in parts, for channels with a form of their own. */
export type About = {
  readonly what: readonly string[];
  /** The affected consumers, the worst impact first. */
  readonly harmed: readonly AffectedOne[];
  readonly alsoHarmed: number;
  readonly does: readonly string[];
  /** Commands in back-quotes, for a person who acts where the product cannot. */
  readonly commands: readonly string[];
  readonly runbooks: readonly string[];
  /** Values of the owner tag, and ids of the resources that the notice concerns. */
  readonly owners: readonly string[];
  readonly touches: readonly string[];
};

/**
 * A message to people, once per changed verdict. `at` (ISO 8601): when its content was found; the message may come
 * later.
 */
export type Notice = {
  readonly keyId: string;
  readonly verdict: string;
  readonly at?: string;
  readonly incident?: string;
  readonly planId?: string;
  /**
   * Number of the standing change under which the product acts by itself; left out where a person has approved all that
   * runs.
   */
  readonly change?: string;
  readonly sentences: readonly string[];
  /** Root causes of the notice, and causes of earlier messages that no key suffers from any more. */
  readonly causes?: readonly string[];
  readonly over?: readonly string[];
  /** ARM ids of the affected consumers with which an incident ends that are out of scope now: nobody has seen them well again. */
  readonly letGo?: readonly string[];
  readonly about?: About;
};
