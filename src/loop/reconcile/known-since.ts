import { findingId } from '../../remediation/model/findings.ts';
import type { Decision } from '../../remediation/policy/policy-types.ts';
import type { Verdict } from '../../store/key-state.ts';

/**
 * When each finding was first seen (ISO 8601), by `findingId`. A finding of the last look keeps its time: a verdict
 * changes with every step, but the fault does not begin anew.
 */
export const knownSince = (
  { findings }: Pick<Decision, 'findings'>,
  last: Verdict | undefined,
  at: string,
): Readonly<Record<string, string>> => {
  const before = new Set(last?.decision.findings.map(findingId));
  return Object.fromEntries(
    findings.map(findingId).map((id) => [id, (before.has(id) ? (last?.since?.[id] ?? last?.at) : undefined) ?? at]),
  );
};
