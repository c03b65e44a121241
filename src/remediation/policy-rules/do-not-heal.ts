import { markThatCounts, recordMark, tagMark } from '../do-not-heal-mark.ts';
import { type PolicyRule, type PolicySituation, report } from '../policy-rule.ts';
import { servedBy, type Tagged } from '../step-scope.ts';
import type { Step } from '../steps.ts';

/**
 * Taking the key away is the owner's right (S2.8): a mark on key version, vault or consumer always wins, as a tag or as
 * a record.
 */
export const doNotHeal: PolicyRule = (step, situation) => {
  const mark = markOnKey(step, situation) ?? markOnConsumers(step, situation);
  return mark === undefined ? undefined : report(step, `${mark}. Remove that mark if the repair is wanted.`);
};

const markOnKey = (step: Step, { observation, records, settings, now }: PolicySituation): string | undefined => {
  const { subject } = servedBy(step, observation);
  const named: readonly Tagged[] = [subject, observation.vault].flatMap((fact) =>
    fact.kind === 'present' ? [fact.value] : [],
  );
  const tagged = named.map(({ name, tags }) => tagMark(name, tags, settings.doNotHealTag));
  return recordMark(step.touches, records, now) ?? tagged.find((mark) => mark !== undefined);
};

const markOnConsumers = (step: Step, { observation, records, settings, now }: PolicySituation): string | undefined => {
  const marks = servedBy(step, observation).consumers.map(
    ({ id, name, tags }) => recordMark([id], records, now) ?? tagMark(name, tags, settings.doNotHealTag),
  );
  return markThatCounts(step, marks);
};
