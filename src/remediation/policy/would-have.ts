import { canonicalJson, sha256 } from '../model/canonical.ts';
import { type Finding, hasImpact, type ImpactLevel } from '../model/findings.ts';
import type { StepVerdict } from './policy-types.ts';

/** What mode auto would do with one step, and why where it would not run it. */
export type StepInAuto = {
  readonly stepId: string;
  readonly step: string;
  readonly target: string;
  readonly sentence: string;
  readonly verdict: StepVerdict['verdict'];
  readonly why?: string;
};

export type ImpactInAuto = { readonly consumerId: string; readonly level: ImpactLevel; readonly deadline?: string };

/** What mode auto would do in a situation that another mode decides, and the impact of the faults on each consumer. */
export type InAuto = { readonly steps: readonly StepInAuto[]; readonly harm: readonly ImpactInAuto[] };

const SEVERITY: Readonly<Record<ImpactLevel, number>> = { active: 0, latent: 1, none: 2 };

/** Each consumer once, with its worst impact. */
const impactIn = (findings: readonly Finding[]): readonly ImpactInAuto[] => {
  const impacts = findings.filter(hasImpact).flatMap(({ harm }) => harm.filter(({ level }) => level !== 'none'));
  const worst = impacts.toSorted(
    (one, other) =>
      SEVERITY[one.level] - SEVERITY[other.level] || (one.deadline ?? '').localeCompare(other.deadline ?? ''),
  );
  const byConsumer = Map.groupBy(worst, ({ consumerId }) => consumerId);
  return [...byConsumer.values()].flatMap(([first]) => {
    if (first === undefined) return [];
    const { consumerId, level, deadline } = first;
    return [{ consumerId, level, ...(deadline !== undefined && { deadline }) }];
  });
};

/** The verdicts that mode auto would give, as they are stored; `undefined` where the plan has no step. */
export const inAutoOf = (verdicts: readonly StepVerdict[], findings: readonly Finding[]): InAuto | undefined => {
  if (verdicts.length === 0) return undefined;
  const steps = verdicts.map((one): StepInAuto => {
    const { stepId, kind, target, sentence } = one.step;
    const why = one.verdict === 'run' ? {} : { why: one.why };
    return { stepId, step: kind, target, sentence, verdict: one.verdict, ...why };
  });
  return { steps, harm: impactIn(findings) };
};

/** SHA-256 of what mode auto would do, without the sentences: the same result in the same incident is entered only once. */
export const inAutoId = ({ steps }: InAuto, incident: string | undefined): string =>
  sha256(canonicalJson({ incident: incident ?? '', steps: steps.map(({ stepId, verdict }) => ({ stepId, verdict })) }));
