import { runbookOf } from '../posture/runbooks.ts';
import type { Finding } from '../remediation/model/findings.ts';

/** Findings for people, each with the page of the repository that says what to do. */
export const withRunbooks = (findings: readonly Finding[]): readonly (Finding & { readonly runbook: string })[] =>
  findings.map((finding) => ({ ...finding, runbook: runbookOf(finding.kind) }));
