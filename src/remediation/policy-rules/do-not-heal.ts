import { recordMark, tagMark } from '../do-not-heal-mark.ts';
import { type PolicyRule, type PolicySituation, report } from '../policy-rule.ts';
import { servedBy } from '../step-scope.ts';
import type { Step } from '../steps.ts';

/**
 * Taking the key away is the owner's right (S2.8): a mark on key version, vault or consumer always wins, as a tag or as
 * a record. Extending a version that several consumers use is given up only where all of them are marked: it brings
 * none of them back by itself.
 */
export const doNotHeal: PolicyRule = (step, situation) => {
  const mark = markOnKey(step, situation) ?? markOnEveryConsumer(step, situation);
  return mark === undefined ? undefined : report(step, `${mark}. Remove that mark if the repair is wanted.`);
};

const markOnKey = (step: Step, { observation, records, settings, now }: PolicySituation): string | undefined => {
  const { version } = servedBy(step, observation);
  const named = [version, observation.vault].flatMap((fact) => (fact.kind === 'present' ? [fact.value] : []));
  const tagged = named.map((facts) =>
    tagMark('kid' in facts ? facts.kid : facts.name, facts.tags, settings.doNotHealTag),
  );
  return recordMark(step.touches, records, now) ?? tagged.find((mark) => mark !== undefined);
};

const markOnEveryConsumer = (
  step: Step,
  { observation, records, settings, now }: PolicySituation,
): string | undefined => {
  const marks = servedBy(step, observation).consumers.map(
    ({ id, name, tags }) => recordMark([id], records, now) ?? tagMark(name, tags, settings.doNotHealTag),
  );
  return marks.includes(undefined) ? undefined : marks[0];
};
