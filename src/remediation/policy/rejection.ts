import type { Finding } from '../model/findings.ts';
import { oncePer } from '../model/once-per.ts';
import type { PolicyRecords, Rejection } from '../model/records.ts';
import type { Step } from '../steps/step.ts';
import { servedBy } from '../steps/step-scope.ts';
import { type PolicySituation, seenFor } from './policy-rule.ts';
import { wordsOn } from './words-on.ts';

/**
 * Ids, lower-cased, of the consumers that a fault affects now: the impact is active, or it is latent and its deadline has passed.
 */
export const downIn = (findings: readonly Finding[], now: Date): readonly string[] => {
  const affected = findings
    .flatMap(({ harm }) => harm)
    .filter(({ level, deadline }) => level === 'active' || (level === 'latent' && Date.parse(deadline ?? '') <= +now));
  return [...new Set(affected.map(({ consumerId }) => consumerId.toLowerCase()))];
};

/** Every rejection of this step, also those that have ended. */
export const rejectionsOf = (
  step: Pick<Step, 'stepId'>,
  { rejections }: Pick<PolicyRecords, 'rejections'>,
): readonly Rejection[] => (rejections === undefined ? [] : wordsOn(rejections, step));

/**
 * Whether a rejection still holds for a step: no consumer that the step serves has gone down since. The person who rejected had
 * judged an impact to come, and not an impact that is there. Consumers that are not known to belong here end no rejection.
 */
const stands = (step: Step, rejection: Rejection, situation: PolicySituation): boolean => {
  const [now, then] = [downNow(situation), downThen(rejection)];
  return servedBy(step, seenFor(step, situation))
    .map(({ id }) => id.toLowerCase())
    .every((id) => !now.has(id) || then.has(id));
};

const downNow = oncePer(({ findings, now }: PolicySituation): ReadonlySet<string> => new Set(downIn(findings, now)));
const downThen = oncePer(({ down }: Rejection): ReadonlySet<string> => new Set(down));

/** The newest rejection of this step that still holds; `undefined` where there is none. */
export const standingRejection = (step: Step, situation: PolicySituation): Rejection | undefined =>
  rejectionsOf(step, situation.records)
    .filter((one) => stands(step, one, situation))
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];

/**
 * Whether somebody rejected the step at this time (ISO 8601) or later. An older approval then counts no more, also after the
 * rejection has ended.
 */
export const isRejectedSince = (
  step: Pick<Step, 'stepId'>,
  records: Pick<PolicyRecords, 'rejections'>,
  at: string,
): boolean => rejectionsOf(step, records).some((one) => !(Date.parse(one.at) < Date.parse(at)));

/**
 * A rejection that was not known when the policy decided that the step runs. `heard`: the times (ISO 8601) of those that were
 * known.
 */
export const unheardRejection = (
  step: Pick<Step, 'stepId'>,
  records: Pick<PolicyRecords, 'rejections'>,
  heard: readonly string[],
): Rejection | undefined => rejectionsOf(step, records).find(({ at }) => !heard.includes(at));

/** A sentence on who rejected the step, when and why. */
export const rejectionSentence = ({ name, at, why }: Pick<Rejection, 'name' | 'at' | 'why'>): string =>
  `${name} rejected it on ${at}: ${why}.`;
