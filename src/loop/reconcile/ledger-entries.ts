import type { Json } from '../../remediation/model/canonical.ts';
import type { LedgerEntry, LedgerKind } from '../../remediation/protocol/ledger.ts';
import { baselineDetail } from '../memory/known.ts';
import type { DeadStep, RecordInput } from '../messages.ts';

/** The outcome has the id that the step itself would have given it: whichever comes second finds it entered. */
const outcomeOf = ({ owner, ...step }: DeadStep, { at, assessment }: RecordInput): LedgerEntry => ({
  id: `${owner}.outcome`,
  at,
  kind: 'outcome',
  incident: step.incident,
  step: step.step,
  stepId: step.stepId,
  target: step.target,
  outcome: 'unknown',
  intent: `${owner}.intent`,
  detail: { why: step.why, observed: assessment.decision.findings.map(({ sentence }) => sentence) },
  correlationIds: [],
  ...(assessment.evidence !== undefined && { evidence: assessment.evidence }),
});

/**
 * What one assess enters in the key's chain: only what is new. Ids name the wake-up and the round, so that a repeated
 * activity finds its own entries.
 */
export const entriesOf = (input: RecordInput): readonly LedgerEntry[] => {
  const { number, round, at, assessment } = input;
  const { said, dead, decision, incident, evidence, changed, opens, closes, baseline } = assessment;
  const entry = (kind: LedgerKind, detail: Json): LedgerEntry => ({
    id: `${number}.${round}.${kind}`,
    at,
    kind,
    ...(incident !== undefined && { incident }),
    detail,
    correlationIds: [],
    ...(evidence !== undefined && kind === 'seen' && { evidence }),
  });
  const { findings, plan, verdicts, notes } = decision;
  return [
    ...said,
    ...dead.map((step) => outcomeOf(step, input)),
    ...(opens ? [entry('opened', { findings: findings.map(({ sentence }) => sentence) })] : []),
    ...(changed && incident !== undefined ? [entry('seen', { findings })] : []),
    ...(changed && plan.steps.length + notes.length > 0
      ? [entry(decision.kind === 'ask' ? 'asked' : 'decided', { kind: decision.kind, plan, verdicts, notes })]
      : []),
    ...(baseline !== undefined ? [entry('baseline', baselineDetail(baseline))] : []),
    ...(closes ? [entry('closed', { healthy: true })] : []),
  ];
};
