import { runbookOf } from '../posture/runbooks.ts';
import type { Finding } from '../remediation/model/findings.ts';

type ToldFinding = Finding & { readonly impact: Finding['harm']; readonly runbook: string };

/**
 * Findings for people, each with its impact, which is stored as `harm` and answered by that name too in this version, and with the
 * page of the repository that says what to do.
 */
export const withRunbooks = (findings: readonly Finding[]): readonly ToldFinding[] =>
  findings.map((finding) => ({ ...finding, impact: finding.harm, runbook: runbookOf(finding.kind) }));
