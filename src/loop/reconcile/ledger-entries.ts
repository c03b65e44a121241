import type { Json } from '../../remediation/model/canonical.ts';
import type { LedgerEntry, LedgerKind } from '../../remediation/protocol/ledger.ts';
import { few } from '../event-of.ts';
import { baselineDetail } from '../memory/known.ts';
import type { DeadStep, RecordInput } from '../messages.ts';

/** The outcome has the id that the step itself would have used: the second writer finds it already entered. */
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

const decidedAs = ({ assessment }: RecordInput): 'asked' | 'decided' =>
  assessment.decision.kind === 'ask' ? 'asked' : 'decided';

/** The id of the entry with the decision, and with what mode auto would have done. */
export const decisionId = (input: RecordInput): string => `${input.number}.${input.round}.${decidedAs(input)}`;

/** `letGo`: ARM ids of affected consumers that are out of scope now. */
export const whyLetGo = (letGo: readonly string[]): string =>
  `Nothing looks any more at what was affected, since it is out of scope now: ${few(letGo).join(', ')}. It was not seen to be well again.`;

/**
 * The entries of one assess in the key's chain: only news. Ids name the wake-up and the round, so that a repeated
 * activity finds its own entries. `change`: the standing change under which steps without a person's approval run.
 */
export const entriesOf = (input: RecordInput, change?: { readonly change: string }): readonly LedgerEntry[] => {
  const { number, round, at, by, assessment } = input;
  const { said, dead, decision, incident, evidence, changed, opens, closes, baseline, checkpoint, sighting, letGo } =
    assessment;
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
  const inAuto = assessment.inAuto?.news;
  return [
    ...(checkpoint !== undefined ? [entry('checkpoint', checkpoint)] : []),
    ...said,
    ...dead.map((step) => outcomeOf(step, input)),
    ...(opens ? [entry('opened', { findings: findings.map(({ sentence }) => sentence), ...(by && { by }) })] : []),
    ...(changed && incident !== undefined ? [entry('seen', { findings, ...(letGo && { letGo }) })] : []),
    ...(sighting ? [entry('sighted', { has: sighting.has, lacks: sighting.lacks })] : []),
    ...((changed || inAuto !== undefined) && plan.steps.length + notes.length > 0
      ? [entry(decidedAs(input), { kind: decision.kind, plan, verdicts, notes, ...(inAuto && { inAuto }), ...change })]
      : []),
    ...(baseline !== undefined ? [entry('baseline', baselineDetail(baseline))] : []),
    ...(closes ? [entry('closed', letGo ? { healthy: false, letGo, why: whyLetGo(letGo) } : { healthy: true })] : []),
  ];
};
