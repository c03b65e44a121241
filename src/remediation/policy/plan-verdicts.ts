import { type Finding, isHealthy, isUnseen } from '../model/findings.ts';
import { ask, report } from './policy-rule.ts';
import type { Decision, StepVerdict } from './policy-types.ts';

const SEVERITY = { run: 0, ask: 1, report: 2 } as const;

/** A verdict that is at least as strict as the verdicts on the steps that its step depends on. `earlier`: by `stepId`. */
export const heldBack = (own: StepVerdict, earlier: ReadonlyMap<string, StepVerdict>): StepVerdict => {
  const holds = own.step.dependsOn
    .flatMap((stepId) => earlier.get(stepId) ?? [])
    .sort((a, b) => SEVERITY[b.verdict] - SEVERITY[a.verdict])[0];
  if (holds === undefined || SEVERITY[holds.verdict] <= SEVERITY[own.verdict]) return own;
  const why = `It must wait for ${holds.step.kind} of ${holds.step.target}.`;
  return holds.verdict === 'ask' ? ask(own.step, why) : report(own.step, why);
};

/** The kind of a decision as a whole, by the verdicts on its steps. */
export const kindOf = (verdicts: readonly StepVerdict[], findings: readonly Finding[]): Decision['kind'] => {
  if (verdicts.some(({ verdict }) => verdict === 'run')) return 'run';
  if (verdicts.some(({ verdict }) => verdict === 'ask')) return 'ask';
  if (isHealthy(findings)) return 'healthy';
  return isUnseen(findings) ? 'unseen' : 'report';
};
