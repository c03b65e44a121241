import { takesKey } from '../diagnosis/causes.ts';
import type { KeyObservation } from '../model/facts.ts';
import { type Finding, findingId } from '../model/findings.ts';
import { userOf } from '../observation/pins.ts';
import type { Step } from '../steps/step.ts';
import type { StepKind } from '../steps/steps.ts';

/** Everything that must be repaired before what is explained: its root cause, and whatever else takes its consumers' key. */
export const causesOf = (
  finding: Finding,
  findings: readonly Finding[],
  observation: KeyObservation,
): readonly Finding[] => {
  if (finding.explainedBy === undefined) return [];
  const consumers = finding.harm.flatMap(({ consumerId }) => userOf(observation, consumerId) ?? []);
  return findings.filter(
    (other) =>
      findingId(other) === finding.explainedBy ||
      (other !== finding && other.explainedBy === undefined && consumers.some((consumer) => takesKey(other, consumer))),
  );
};

const KEY_BACK: readonly StepKind[] = ['recoverKey', 'restoreKeyFromBackup'];

/** Steps that others in the plan must come before, though they repair another fault: a right needs a key that is there. */
const AFTER: Partial<Readonly<Record<StepKind, readonly StepKind[]>>> = {
  assignIdentity: KEY_BACK,
  grantKeyAccess: KEY_BACK,
  enablePurgeProtection: ['enableSoftDelete'],
};

/** Those of the planned steps that one of this kind must wait for. */
export const needsBefore = (kind: StepKind, planned: readonly Step[]): readonly Step[] =>
  planned.filter((step) => AFTER[kind]?.includes(step.kind));
