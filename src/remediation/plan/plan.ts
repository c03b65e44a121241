import { canonicalJson, sha256 } from '../model/canonical.ts';
import type { KeyObservation } from '../model/facts.ts';
import { type Finding, findingId, hasImpact, saysAnother, saysNothing } from '../model/findings.ts';
import type { Known } from '../model/known.ts';
import type { Attempt } from '../model/records.ts';
import type { RemediationSettings } from '../model/settings.ts';
import { makeStep } from '../steps/make-step.ts';
import type { OfferedStep } from '../steps/offered-step.ts';
import type { Step } from '../steps/step.ts';
import { isServedBy, withOwn } from '../steps/step-scope.ts';
import { ofKnown, withoutStrangers } from '../trust/lineage.ts';
import { askedForWhom } from './ask-for-whom.ts';
import { causesOfIn, givesToOthers, needsBefore } from './dependencies.ts';
import { merged } from './merge-steps.ts';
import { REMEDIES } from './remedies.ts';
import { instruct, type RemedyContext, type RemedyOffer } from './remedy.ts';
import { isAskedFor, isReplaced, type RequestRecord, requestedSteps } from './requested-steps.ts';

/** `attempts`: see `standingAttempts`. `requests`: the steps that people have requested. `isPaced`: see `pacedUntil`. */
export type PlanContext = {
  readonly attempts?: readonly Attempt[];
  readonly known?: Known;
  readonly requests?: readonly RequestRecord[];
  readonly isPaced?: true;
};

export type Plan = {
  /** SHA-256 of the ids of the steps: the same repairs give the same plan tomorrow. */
  readonly planId: string;
  /** Each step comes after the steps that it depends on. */
  readonly steps: readonly Step[];
  /** What a person must do where no step is offered: one sentence each, with the command. Not part of `planId`. */
  readonly instructions: readonly string[];
};

type Remedied = { readonly steps: readonly Step[]; readonly instructions: readonly string[] };

/**
 * The repairs of these findings, in the order of `diagnose`: causes first. A finding that is explained by causes is repaired
 * after them, as far as they concern the same consumer, and not at all while one of the causes is left to a person. A finding
 * without impact is repaired only where a person has requested the step. The choices of a person come last, and replace steps of
 * the plan that would do the same in another way. No step is planned for strangers. No step at all is planned, also not on
 * request, for a vault or a key that has taken the name of the known one.
 */
export const plan = (
  findings: readonly Finding[],
  everyone: KeyObservation,
  settings: RemediationSettings,
  { attempts = [], known = {}, requests = [], isPaced }: PlanContext = {},
): Plan => {
  const observation = withoutStrangers(everyone, known);
  const others = findings.filter(saysAnother);
  if (others.length > 0)
    return planForAnother(others, { observation, everyone, settings, attempts, known, before: [] });
  // A consumer that is not known to belong here has no influence on the plan: its marks are not read before the write.
  const ours = ofKnown(everyone, known);
  const wishes = requestedSteps(requests, observation, known);
  const remedied = new Map<string, Remedied>();
  const all: Step[] = [];
  const givers: Step[] = [];
  const causesOf = causesOfIn(findings, observation);
  for (const finding of findings) {
    const causes = causesOf(finding).map((cause) => remedied.get(findingId(cause))?.steps ?? []);
    const before = causes.map((steps) => steps.filter((step) => concerns(finding, step)));
    const context = {
      observation,
      everyone,
      settings,
      attempts,
      known,
      before: before.flat(),
      ...(isPaced && { isPaced }),
    };
    const offer = before.some(({ length }) => length === 0) ? instruct() : offerFor(finding, context, requests);
    const steps = stepsOf(withoutReplaced(offer, wishes), context, ours, givers);
    remedied.set(findingId(finding), { steps, instructions: offer.instructions });
    all.push(...steps);
    givers.push(...steps.filter(givesToOthers));
  }
  const chosen = wishes.map((wish) => makeStep(wish, observation, []));
  const instructions = [...remedied.values()].flatMap((one) => one.instructions);
  return planOf(merged([...all, ...chosen]), [...new Set(instructions)]);
};

/** The plan for a vault or a key that has taken the name of the known one: instructions for a person, and no step. */
const planForAnother = (findings: readonly Finding[], context: RemedyContext): Plan =>
  planOf([], [...new Set(findings.flatMap((one) => REMEDIES[one.kind](one, context).instructions))]);

/** Whether the step serves a consumer that the finding affects. */
const concerns = ({ harm }: Finding, step: Step): boolean =>
  harm.some(({ consumerId }) => isServedBy(step, consumerId.toLowerCase()));

const offerFor = (finding: Finding, context: RemedyContext, requests: readonly RequestRecord[]): RemedyOffer => {
  const { steps, ...rest } = REMEDIES[finding.kind](finding, context);
  const offer = { ...rest, steps: steps.map((one) => askedForWhom(finding, one, context)) };
  if (hasImpact(finding) || saysNothing(finding)) return offer;
  return { ...offer, steps: offer.steps.filter((one) => isAskedFor(one, requests)) };
};

const withoutReplaced = (offer: RemedyOffer, wishes: readonly OfferedStep[]): RemedyOffer => ({
  ...offer,
  steps: offer.steps.filter((one) => !isReplaced(one, wishes)),
});

const stepsOf = (
  offer: RemedyOffer,
  context: RemedyContext,
  ours: KeyObservation,
  givers: readonly Step[],
): readonly Step[] => {
  const made: Step[] = [];
  for (const offered of offer.steps) {
    const ahead = [...context.before, ...needsBefore(offered.spec.kind, givers), ...(offer.inOrder ? made : [])];
    made.push(
      makeStep(offered, withOwn(offered.spec, ours, context.everyone), [...new Set(ahead.map(({ stepId }) => stepId))]),
    );
  }
  return made;
};

const planOf = (steps: readonly Step[], instructions: readonly string[]): Plan => ({
  planId: sha256(canonicalJson(steps.map(({ stepId }) => stepId).sort())),
  steps,
  instructions,
});
