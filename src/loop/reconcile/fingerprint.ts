import { canonicalJson, sha256 } from '../../remediation/model/canonical.ts';
import type { Decision, StepVerdict } from '../../remediation/policy/policy-types.ts';

/** What changes with every try of the same step, which is no news. */
const COUNTS = /\(attempt \d+\)/g;
const TIMES = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** What is only tried again, and was refused as before, says nothing new by running: neither that it does, nor that it rests. */
const saidOn = (one: StepVerdict): { readonly verdict: string; readonly reason: string } =>
  one.again === undefined
    ? { verdict: one.verdict, reason: reasonOf(one) }
    : { verdict: 'refused', reason: one.again.replace(TIMES, '') };

const kindOf = ({ kind, verdicts }: Decision): Decision['kind'] => {
  const isNews = verdicts.some(({ verdict, again }) => verdict === 'run' && again === undefined);
  if (kind !== 'run' || isNews) return kind;
  return verdicts.some(({ verdict }) => verdict === 'ask') ? 'ask' : 'report';
};

/** Why a step does not run, without the times in it. A new reason is news: who lifts a pause must not go on reading of it. */
const reasonOf = (verdict: StepVerdict): string =>
  verdict.verdict === 'run' ? verdict.authority.kind : verdict.why.replace(TIMES, '').replace(COUNTS, '');

/**
 * SHA-256 of what a verdict says, without its times: the same verdict is entered and notified once. `doubts`: what is kept and
 * not believed is news as well.
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

/** What people read of a verdict: its words, with the times and counts in them. */
const wordsOf = ({ kind, findings, verdicts, notes }: Decision): string =>
  JSON.stringify([
    kind,
    findings.map(({ sentence }) => sentence),
    verdicts.map((one) => [one.verdict, one.verdict === 'run' ? '' : one.why]),
    notes,
  ]);

/** Whether a verdict that is no news has other words by now: until when it rests, or that what ran was refused. */
export const isReworded = (recorded: Decision | undefined, decision: Decision): boolean =>
  recorded !== undefined && wordsOf(recorded) !== wordsOf(decision);
