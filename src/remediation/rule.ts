import type { Baseline } from './baseline.ts';
import type { ConsumerFacts, KeyObservation } from './facts.ts';
import type { Finding } from './findings.ts';
import { harmOf } from './harm.ts';
import type { Attempt } from './policy-types.ts';
import type { RemediationSettings } from './settings.ts';

/** What is known of a key beside what is seen now. */
export type Known = {
  /** The last healthy snapshot, if its hash is in the ledger. */
  readonly baseline?: Baseline;
  /** How the steps of the open incident ended, also those that a later request wants again. */
  readonly attempts?: readonly Attempt[];
  /** When the open incident began (ISO 8601); none while the key is well. */
  readonly incidentOpenedAt?: string;
};

export type Situation = {
  readonly observation: KeyObservation;
  readonly now: Date;
  readonly settings: RemediationSettings;
  readonly known: Known;
};

/** One fault: where it is found. It sees what the rules before it have found. */
export type Rule = (situation: Situation, found: readonly Finding[]) => readonly Finding[];

/** Microsoft: a server denies connections within ten minutes of losing its key. */
export const GRACE = 'PT10M';

/** A finding with its harm to each of these consumers. `deadline` (ISO 8601): when what still runs will stop. */
export const findingFor = (
  consumers: readonly ConsumerFacts[],
  fault: Omit<Finding, 'harm'>,
  deadline?: string,
): Finding => ({ ...fault, harm: consumers.map((consumer) => harmOf(fault.kind, consumer, deadline)) });
