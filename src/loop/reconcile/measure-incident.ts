import { toldCauses } from '../../remediation/diagnosis/root-causes.ts';
import { type Finding, hasImpact } from '../../remediation/model/findings.ts';
import { keyOf } from '../../remediation/model/key-ref.ts';
import { isMeasuring, measureDecided, measureDetected, measureHealed } from '../../telemetry/measures.ts';
import type { RecordInput } from '../messages.ts';

/** The fault in the name of a told cause: one of a few dozen, so it can be a dimension of a metric. */
const faultIn = ([cause]: readonly string[]): string => cause?.split(' ')[0] ?? 'unknown';

/** When the break happened, according to Azure; for most faults Azure states no time. */
const brokeAt = (findings: readonly Finding[], fault: string): string | undefined => {
  const { deletedOn, expiresOn } = findings.find((one) => one.kind === fault && hasImpact(one))?.evidence ?? {};
  return [deletedOn, expiresOn].find((one) => typeof one === 'string')?.toString();
};

/**
 * The durations of an incident: until it was seen and decided, where this assessment opens it; until it was healed,
 * where this assessment closes it and nobody affected was let go.
 */
export const measureIncident = ({ keyId, at, assessment }: RecordInput): void => {
  if (!isMeasuring()) return;
  const { opens, closes, openedAt, decision, letGo, toldBefore = [] } = assessment;
  if (openedAt === undefined) return;
  if (closes && letGo === undefined) measureHealed(faultIn(toldBefore), openedAt, at);
  if (!opens) return;
  const fault = faultIn(toldCauses(decision.findings, keyOf(keyId)));
  const broke = brokeAt(decision.findings, fault);
  if (broke !== undefined) measureDetected(fault, broke, openedAt);
  measureDecided(fault, openedAt, new Date().toISOString());
};
