import type { ConsumerFacts, KeyObservation } from '../model/facts.ts';
import type { Finding } from '../model/findings.ts';
import type { Known } from '../model/known.ts';
import type { RemediationSettings } from '../model/settings.ts';
import { impactOf } from './impact.ts';

export type Situation = {
  readonly observation: KeyObservation;
  readonly now: Date;
  readonly settings: RemediationSettings;
  readonly known: Known;
};

/**
 * The rule of one fault: it returns a finding for each place where the fault is. `found`: the findings of the rules before it.
 */
export type Rule = (situation: Situation, found: readonly Finding[]) => readonly Finding[];

/** Microsoft: a server denies connections within ten minutes of losing its key. */
export const GRACE = 'PT10M';

/** A finding with its impact on each of these consumers. `deadline` (ISO 8601): when the consumers that still run will stop. */
export const findingFor = (
  consumers: readonly ConsumerFacts[],
  fault: Omit<Finding, 'harm'>,
  deadline?: string,
): Finding => ({ ...fault, harm: consumers.map((consumer) => impactOf(fault.kind, consumer, deadline)) });
