import type { NetworkRules } from '../model/facts.ts';
import type { Risk } from './risk.ts';
import type { Seen } from './step.ts';
import type { StepSpec } from './steps.ts';

/**
 * A step that a remedy offers. `risk`: only where it differs from that of its kind (invariant `admission`). `asks`: why a person
 * must approve it whatever the settings name, in a sentence. `attemptsAt`, `givenAt`, `seen`, `networkWas`, `assigned`: see
 * `Step`.
 */
export type OfferedStep = {
  readonly spec: StepSpec;
  readonly risk?: Risk;
  readonly asks?: string;
  readonly attemptsAt?: readonly string[];
  readonly seen?: Seen;
  readonly networkWas?: NetworkRules;
  readonly assigned?: string;
  readonly givenAt?: string;
};
