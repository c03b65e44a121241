import type { Booted } from '../../local/boot.ts';
import type { FullWorld } from '../../local/cloud/create-world.ts';
import type { StepKind } from '../../src/remediation/steps/steps.ts';
import type { Subject } from '../builders/breaking/subjects.ts';

/** A consumer with a vault of its own: the break, and the sign that it was healed. */
export type Scenario = {
  /** The break, in a few words. */
  readonly name: string;
  readonly subject: Subject;
  /** Rows of the acceptance table whose repair it shows. */
  readonly rows: readonly string[];
  readonly breakIt: (world: FullWorld, subject: Subject) => void;
  readonly isHealed: (world: FullWorld, subject: Subject) => boolean;
  /** A person asks for these repairs, and another approves what is asked: nothing wakes a key for them. */
  readonly requests?: readonly StepKind[];
  /** A person says that the vault, which lay in this resource group, is ours where it is now; what is asked then is approved. */
  readonly movedFrom?: string;
};

/** How a scenario went. `writes`: of the product, to this consumer or its vault. `seconds`: virtual, until it was healed. */
export type Played = {
  readonly scenario: Scenario;
  readonly healed: boolean;
  readonly writes: readonly string[];
  /** Rows of it that the product's own posture report fails afterwards. */
  readonly stillFails: readonly string[];
  readonly seconds?: number;
};

export type Stage = Pick<Booted, 'cloud' | 'clock' | 'call'>;
