import { toldCauses } from '../../remediation/diagnosis/root-causes.ts';
import { type Finding, isHarmful } from '../../remediation/model/findings.ts';
import { keyOf } from '../../remediation/model/key-ref.ts';
import { isMeasuring, measureDecided, measureDetected, measureHealed } from '../../telemetry/measures.ts';
import type { RecordInput } from '../messages.ts';

/** The fault that a told cause names first: one of a few dozen. */
const faultIn = ([cause]: readonly string[]): string => cause?.split(' ')[0] ?? 'unknown';

/** When Azure says that it broke; of most faults it says nothing. */
const brokeAt = (findings: readonly Finding[], fault: string): string | undefined => {
  const { deletedOn, expiresOn } = findings.find((one) => one.kind === fault && isHarmful(one))?.evidence ?? {};
  return [deletedOn, expiresOn].find((one) => typeof one === 'string')?.toString();
};

/** How long it took to see it and to decide, where this assessment opens an incident; to heal it, where it closes one. */
export const measureIncident = ({ keyId, at, assessment }: RecordInput): void => {
  if (!isMeasuring()) return;
  const { opens, closes, openedAt, decision, toldBefore = [] } = assessment;
  if (openedAt === undefined) return;
  if (closes) measureHealed(faultIn(toldBefore), openedAt, at);
  if (!opens) return;
  const fault = faultIn(toldCauses(decision.findings, keyOf(keyId)));
  const broke = brokeAt(decision.findings, fault);
  if (broke !== undefined) measureDetected(fault, broke, openedAt);
  measureDecided(fault, openedAt, new Date().toISOString());
};
