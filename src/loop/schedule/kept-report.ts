import { type Finding, findingId, isHealthy } from '../../remediation/model/findings.ts';
import type { KeyState } from '../../store/key-state.ts';

type Said = Pick<KeyState, 'consumers' | 'incident' | 'verdict'>;

export const isUsed = ({ consumers }: Pick<KeyState, 'consumers'>): boolean => Boolean(consumers?.consumers.length);

/** A report without an incident. Its end must be told to people too, and nothing else would look at the key again. */
export const isKeptReport = ({ incident, verdict }: Said): boolean =>
  !incident &&
  verdict !== undefined &&
  (!isHealthy(verdict.decision.findings) || verdict.decision.plan.steps.length > 0);

const namesOf = (findings: readonly Finding[]): string => findings.map(findingId).sort().join(' ');

/** A key that has lost its last consumer is looked at only as far as is needed to take back the last report about it. */
export const isSaidOfUnused = (state: Said, findings: readonly Finding[]): boolean =>
  !isUsed(state) && namesOf(findings) === namesOf(state.verdict?.decision.findings ?? []);
