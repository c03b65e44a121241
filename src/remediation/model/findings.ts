import { type FindingKind, faultOf } from './faults.ts';
import type { ConsumerKind } from './profiles.ts';

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
  /** One sentence for a human: what is wrong. */
  readonly sentence: string;
  /** `findingId` of the finding that explains this one; a finding without it is a root cause. */
  readonly explainedBy?: string;
};

/** Names a finding within one diagnosis. */
export const findingId = (finding: Pick<Finding, 'kind' | 'target'>): string => `${finding.kind} ${finding.target}`;

/** Whether it harms somebody now or will: only such a finding opens an incident or holds one open. */
export const isHarmful = (finding: Finding): boolean => finding.harm.some(({ level }) => level !== 'none');

/** Nothing is harmed, and nothing that would show harm was out of sight. */
export const isHealthy = (findings: readonly Finding[]): boolean =>
  !findings.some((finding) => isHarmful(finding) || saysNothing(finding));

/** Findings that stand for what could not be seen: they are no fault, and no health either. */
export const saysNothing = ({ kind }: Pick<Finding, 'kind'>): boolean => faultOf(kind).saysNothing === true;
