import { effectOn } from '../../remediation/diagnosis/effects.ts';
import { GRACE } from '../../remediation/diagnosis/rule.ts';
import { addDuration } from '../../remediation/model/duration.ts';
import { unknown } from '../../remediation/model/facts.ts';
import { type Finding, findingId, type Impact } from '../../remediation/model/findings.ts';
import type { KeyState, Verdict } from '../../store/key-state.ts';

const timeIn = ({ evidence }: Finding, name: string): string | undefined => {
  const value = evidence[name];
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined;
};

const earlier = (one: string, other: string | undefined): string =>
  other !== undefined && Date.parse(other) < Date.parse(one) ? other : one;

/**
 * Since when a fault exists (ISO 8601): the time that Azure states, else the time at which it was first seen. A verdict of an
 * older release has only the time at which it was recorded, and that of its incident.
 */
export const faultSince = (
  finding: Finding,
  { verdict, incident }: { readonly verdict: Verdict; readonly incident: KeyState['incident'] },
): string => {
  const seen = verdict.since?.[findingId(finding)] ?? earlier(verdict.at, incident?.openedAt);
  const told =
    timeIn(finding, 'deletedOn') ?? (finding.kind === 'keyExpired' ? timeIn(finding, 'expiresOn') : undefined);
  return earlier(seen, told);
};

const NOT_KEPT = unknown('the state is not kept in a verdict');

/**
 * Whether the consumer goes on without what the fault takes. A verdict of an older release does not say so: there the kind of the
 * fault decides.
 */
export const isWeakened = ({ kind }: Finding, harm: Impact): boolean =>
  harm.weakens ??
  (harm.deadline === undefined && effectOn(kind, { kind: harm.consumerKind, state: NOT_KEPT }).effect === 'weakens');

/** When the consumer loses its key (ISO 8601): within ten minutes where no deadline is known. */
export const lostBy = (harm: Impact, since: string): string =>
  harm.deadline ?? addDuration(new Date(since), GRACE).toISOString();
