import type { HarmTold } from './message.ts';

/** Whom something harms, as a message names them. `noun`: what people call its kind. `deadline` (ISO 8601): when it is locked out. */
export type HarmedOne = {
  readonly id: string;
  readonly name: string;
  readonly noun: string;
  readonly harm: HarmTold;
  readonly deadline?: string;
  readonly sentence: string;
};

/** The same as the sentences of a notice, in its parts: for channels that have a form of their own. */
export type About = {
  readonly what: readonly string[];
  /** The worst first. */
  readonly harmed: readonly HarmedOne[];
  readonly alsoHarmed: number;
  readonly does: readonly string[];
  /** Commands for a person in whose reach the product is not, in back-quotes. */
  readonly commands: readonly string[];
  readonly runbooks: readonly string[];
  /** Values of the owner tag, and ids of what it concerns. */
  readonly owners: readonly string[];
  readonly touches: readonly string[];
};

/** What people are told, once per changed verdict. `at` (ISO 8601): when it was found; a message may come later than that. */
export type Notice = {
  readonly keyId: string;
  readonly verdict: string;
  readonly at?: string;
  readonly incident?: string;
  readonly planId?: string;
  /** Number of the standing change under which it acts by itself; none where nothing runs that no person has approved. */
  readonly change?: string;
  readonly sentences: readonly string[];
  /** Root causes that it is about, and those of former messages that are over for all. */
  readonly causes?: readonly string[];
  readonly over?: readonly string[];
  readonly about?: About;
};
