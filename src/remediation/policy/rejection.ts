import type { Finding } from '../model/findings.ts';
import { oncePer } from '../model/once-per.ts';
import type { PolicyRecords, Rejection } from '../model/records.ts';
import type { Step } from '../steps/step.ts';
import { servedBy } from '../steps/step-scope.ts';
import { type PolicySituation, seenFor } from './policy-rule.ts';
import { wordsOn } from './words-on.ts';

/** Ids, lower-cased, of the consumers that a fault harms now: what was latent is active, or its deadline has passed. */
export const downIn = (findings: readonly Finding[], now: Date): readonly string[] => {
  const harmed = findings
    .flatMap(({ harm }) => harm)
    .filter(({ level, deadline }) => level === 'active' || (level === 'latent' && Date.parse(deadline ?? '') <= +now));
  return [...new Set(harmed.map(({ consumerId }) => consumerId.toLowerCase()))];
};

/** Every rejection of this step, whether it stands or not. */
export const rejectionsOf = (
  step: Pick<Step, 'stepId'>,
  { rejections }: Pick<PolicyRecords, 'rejections'>,
): readonly Rejection[] => (rejections === undefined ? [] : wordsOn(rejections, step));

/**
 * Whether a rejection still stands for a step: nobody whom the step is for has gone down since. Whoever rejected it has judged of a
 * harm that was to come, not of one that is there. Those who are not known to belong here end nothing.
 */
const stands = (step: Step, rejection: Rejection, situation: PolicySituation): boolean => {
  const [now, then] = [downNow(situation), downThen(rejection)];
  return servedBy(step, seenFor(step, situation))
    .map(({ id }) => id.toLowerCase())
    .every((id) => !now.has(id) || then.has(id));
};

const downNow = oncePer(({ findings, now }: PolicySituation): ReadonlySet<string> => new Set(downIn(findings, now)));
const downThen = oncePer(({ down }: Rejection): ReadonlySet<string> => new Set(down));

/** The newest rejection of this step that stands; `undefined` where none does. */
export const standingRejection = (step: Step, situation: PolicySituation): Rejection | undefined =>
  rejectionsOf(step, situation.records)
    .filter((one) => stands(step, one, situation))
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];

/** Whether somebody has rejected the step at that instant (ISO 8601) or later: what was said before counts no more, also once that has ended. */
export const isRejectedSince = (
  step: Pick<Step, 'stepId'>,
  records: Pick<PolicyRecords, 'rejections'>,
  at: string,
): boolean => rejectionsOf(step, records).some((one) => !(Date.parse(one.at) < Date.parse(at)));

/** A rejection that nobody had heard of when it was decided that the step runs on policy's word. `heard`: instants (ISO 8601). */
export const unheardRejection = (
  step: Pick<Step, 'stepId'>,
  records: Pick<PolicyRecords, 'rejections'>,
  heard: readonly string[],
): Rejection | undefined => rejectionsOf(step, records).find(({ at }) => !heard.includes(at));

/** Who rejected it, when and why, in a sentence. */
export const rejectionSentence = ({ name, at, why }: Pick<Rejection, 'name' | 'at' | 'why'>): string =>
  `${name} rejected it on ${at}: ${why}.`;
