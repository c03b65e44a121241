import { canonicalJson, sha256 } from '../../remediation/model/canonical.ts';
import type { Decision, StepVerdict } from '../../remediation/policy/policy-types.ts';

/** The count of attempts changes with every try of the same step, and is no news. */
const COUNTS = /\(attempt \d+\)/g;
const TIMES = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** A step that is tried again after the same refusal is no news, whether it runs now or pauses. */
const saidOn = (one: StepVerdict): { readonly verdict: string; readonly reason: string } =>
  one.again === undefined
    ? { verdict: one.verdict, reason: reasonOf(one) }
    : { verdict: 'refused', reason: one.again.replace(TIMES, '') };

const kindOf = ({ kind, verdicts }: Decision): Decision['kind'] => {
  const isNews = verdicts.some(({ verdict, again }) => verdict === 'run' && again === undefined);
  if (kind !== 'run' || isNews) return kind;
  return verdicts.some(({ verdict }) => verdict === 'ask') ? 'ask' : 'report';
};

/**
 * The reason why a step does not run, without the times in it. A new reason is news: after a person lifts a pause, the
 * message must not go on naming the pause.
 */
const reasonOf = (verdict: StepVerdict): string =>
  verdict.verdict === 'run' ? verdict.authority.kind : verdict.why.replace(TIMES, '').replace(COUNTS, '');

/**
 * SHA-256 of a verdict without its times: the same verdict is entered and notified once. `doubts`: stored data that is
 * not believed, which is news as well.
 */
export const fingerprintOf = (
  decision: Decision,
  incident: string | undefined,
  doubts: readonly string[] = [],
): string =>
  sha256(
    canonicalJson({
      kind: kindOf(decision),
      incident: incident ?? '',
      planId: decision.plan.planId,
      ...(doubts.length > 0 && { doubts }),
      findings: decision.findings.map(({ kind, target, harm }) => ({
        kind,
        target,
        harm: harm.map(({ consumerId, level }) => ({ consumerId, level })),
      })),
      verdicts: decision.verdicts.map((one) => ({
        ...saidOn(one),
        stepId: one.step.stepId,
      })),
    }),
  );

/** The text of a verdict that people read, with its times and counts. */
const wordsOf = ({ kind, findings, verdicts, notes }: Decision): string =>
  JSON.stringify([
    kind,
    findings.map(({ sentence }) => sentence),
    verdicts.map((one) => [one.verdict, one.verdict === 'run' ? '' : one.why]),
    notes,
  ]);

/**
 * Whether the text of a verdict changed although the verdict is no news: the end of a pause is another one, or Azure
 * refused a step that ran.
 */
export const isReworded = (recorded: Decision | undefined, decision: Decision): boolean =>
  recorded !== undefined && wordsOf(recorded) !== wordsOf(decision);
