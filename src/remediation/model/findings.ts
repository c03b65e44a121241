import { type FindingKind, faultOf } from './faults.ts';
import type { ConsumerKind } from './profiles.ts';

export type ImpactLevel = 'active' | 'latent' | 'none';

/** The impact of a finding to one consumer. `deadline` (ISO 8601): when latent impact becomes active. */
export type Impact = {
  readonly consumerId: string;
  readonly consumerKind: ConsumerKind;
  readonly level: ImpactLevel;
  readonly deadline?: string;
  /** Only for latent impact: the consumer goes on without what the fault takes from it. Earlier releases did not write it. */
  readonly weakens?: true;
  readonly sentence: string;
};

export type Finding = {
  readonly kind: FindingKind;
  /** Key identifier (with version, where the fault belongs to a version) or resource id, lower-cased. */
  readonly target: string;
  readonly evidence: Readonly<Record<string, string | number | boolean>>;
  /** Its impact on each consumer. The ledger and the rows have the field by this name, so that it stays. */
  readonly harm: readonly Impact[];
  /** Rows of the acceptance table that the finding answers. */
  readonly rows: readonly string[];
  /** One sentence for a person: what is wrong. */
  readonly sentence: string;
  /** `findingId` of the finding that explains this one; a finding without it is a root cause. */
  readonly explainedBy?: string;
};

/** Names a finding within one diagnosis. */
export const findingId = (finding: Pick<Finding, 'kind' | 'target'>): string => `${finding.kind} ${finding.target}`;

/** Whether the finding affects a consumer now or later: only such a finding opens an incident or holds one open. */
export const hasImpact = (finding: Finding): boolean => finding.harm.some(({ level }) => level !== 'none');

/** Whether the finding says that another vault or key has taken the name of the known one. */
export const saysAnother = ({ kind }: Pick<Finding, 'kind'>): boolean => faultOf(kind).isAnother === true;

/**
 * Whether the key is healthy: no consumer is affected, every fact that would show impact was read, and no other vault or key has
 * taken the name.
 */
export const isHealthy = (findings: readonly Finding[]): boolean =>
  !findings.some((finding) => hasImpact(finding) || saysNothing(finding) || saysAnother(finding));

/**
 * Whether the key is unseen: no fault is known, and some facts could not be read. To lose sight of a key is neither health nor a
 * fault.
 */
export const isUnseen = (findings: readonly Finding[]): boolean =>
  findings.some(saysNothing) && !findings.some((finding) => hasImpact(finding) || saysAnother(finding));

/** Whether the finding stands for facts that could not be read: it is neither a fault nor health. */
export const saysNothing = ({ kind }: Pick<Finding, 'kind'>): boolean => faultOf(kind).saysNothing === true;
