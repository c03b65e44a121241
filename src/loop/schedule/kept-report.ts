import { type Finding, findingId, isHealthy } from '../../remediation/model/findings.ts';
import type { KeyState } from '../../store/key-state.ts';

type Said = Pick<KeyState, 'consumers' | 'incident' | 'verdict'>;

export const isUsed = ({ consumers }: Pick<KeyState, 'consumers'>): boolean => Boolean(consumers?.consumers.length);

/** What was recorded without an incident: once it is over people are told of that too, and nothing else would look again. */
export const isKeptReport = ({ incident, verdict }: Said): boolean =>
  !incident &&
  verdict !== undefined &&
  (!isHealthy(verdict.decision.findings) || verdict.decision.plan.steps.length > 0);

const namesOf = (findings: readonly Finding[]): string => findings.map(findingId).sort().join(' ');

/** A key that has lost its last consumer is looked at no more than it takes to take back what was said of it. */
export const isSaidOfUnused = (state: Said, findings: readonly Finding[]): boolean =>
  !isUsed(state) && namesOf(findings) === namesOf(state.verdict?.decision.findings ?? []);
