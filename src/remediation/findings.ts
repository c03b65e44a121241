import type { ConsumerKind } from './facts.ts';

/** Faults of an access path. `observationIncomplete` stands for facts that are unknown: it is reported, never acted on. */
export type FindingKind = 'keyExpired' | 'keyNearExpiry' | 'consumerInaccessible' | 'observationIncomplete';

export type HarmLevel = 'active' | 'latent' | 'none';

/** What a finding does to one consumer. `deadline` (ISO 8601): when latent harm becomes active. */
export type Harm = {
  readonly consumerId: string;
  readonly consumerKind: ConsumerKind;
  readonly level: HarmLevel;
  readonly deadline?: string;
  readonly sentence: string;
};

export type Finding = {
  readonly kind: FindingKind;
  /** Key identifier (with version where the fault is a version's) or consumer id, lower-cased. */
  readonly target: string;
  readonly evidence: Readonly<Record<string, string | number | boolean>>;
  readonly harm: readonly Harm[];
  /** Rows of the acceptance table it answers. */
  readonly rows: readonly string[];
  /** `kind target` of the finding that explains this one; a finding without it is a root cause. */
  readonly explainedBy?: string;
};
