import type { Booted } from '../../local/boot.ts';
import type { FullWorld } from '../../local/cloud/create-world.ts';
import type { StepKind } from '../../src/remediation/steps/steps.ts';
import type { Subject } from '../builders/breaking/subjects.ts';

/** A consumer with a vault of its own: the break, and the sign that it was healed. */
export type Scenario = {
  /** The break, in a few words. */
  readonly name: string;
  readonly subject: Subject;
  /** Rows of the acceptance table whose repair the scenario shows. */
  readonly rows: readonly string[];
  readonly breakIt: (world: FullWorld, subject: Subject) => void;
  readonly isHealed: (world: FullWorld, subject: Subject) => boolean;
  /** A person requests these repairs, and another approves the plan: nothing else wakes a key for them. */
  readonly requests?: readonly StepKind[];
  /**
   * A person accepts the present place of the vault, which was in this resource group before; the plan after that is approved.
   */
  readonly movedFrom?: string;
};

/** The course of a scenario. `writes`: of the product, to this consumer or its vault. `seconds`: virtual, until it was healed. */
export type Played = {
  readonly scenario: Scenario;
  readonly healed: boolean;
  readonly writes: readonly string[];
  /** Rows of it that the product's own posture report fails afterwards. */
  readonly stillFails: readonly string[];
  readonly seconds?: number;
};

export type Stage = Pick<Booted, 'cloud' | 'clock' | 'call'>;
