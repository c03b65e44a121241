import { type FindingKind, faultOf } from './faults.ts';
import type { ConsumerKind } from './profiles.ts';

export type HarmLevel = 'active' | 'latent' | 'none';

/** What a finding does to one consumer. `deadline` (ISO 8601): when latent harm becomes active. */
export type Harm = {
  readonly consumerId: string;
  readonly consumerKind: ConsumerKind;
  readonly level: HarmLevel;
  readonly deadline?: string;
  /** Of latent harm: it goes on without what the fault takes. None in earlier versions. */
  readonly weakens?: true;
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

/** Findings that say that what is there only bears the name of what was known. */
export const saysAnother = ({ kind }: Pick<Finding, 'kind'>): boolean => faultOf(kind).isAnother === true;

/** Nothing is harmed, nothing that would show harm was out of sight, and nothing is another than it was. */
export const isHealthy = (findings: readonly Finding[]): boolean =>
  !findings.some((finding) => isHarmful(finding) || saysNothing(finding) || saysAnother(finding));

/** Nothing is known to be wrong, and nobody could tell: to lose sight of a key is not health, and no fault either. */
export const isUnseen = (findings: readonly Finding[]): boolean =>
  findings.some(saysNothing) && !findings.some((finding) => isHarmful(finding) || saysAnother(finding));

/** Findings that stand for what could not be seen: they are no fault, and no health either. */
export const saysNothing = ({ kind }: Pick<Finding, 'kind'>): boolean => faultOf(kind).saysNothing === true;
