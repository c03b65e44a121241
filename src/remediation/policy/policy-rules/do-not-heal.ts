import type { Fact, KeyObservation } from '../../model/facts.ts';
import { oncePer } from '../../model/once-per.ts';
import type { Step } from '../../steps/step.ts';
import { restsOn, servedBy, subjectOf } from '../../steps/step-scope.ts';
import type { Tagged } from '../../steps/tagged.ts';
import { isWeighty, markThatCounts, recordMark, tagMark } from '../do-not-heal-mark.ts';
import { type PolicyRule, type PolicySituation, report, seenFor } from '../policy-rule.ts';
import { readIn, rememberedMark } from '../remembered-marks.ts';

/** A tag is taken away where it is; a record says itself how it is lifted. */
const tagThatMayGo = (name: string, tags: Tagged['tags'], doNotHealTag: string): string | undefined => {
  const mark = tagMark(name, tags, doNotHealTag);
  return mark && `${mark}. If the repair is wanted, take the tag away`;
};

/**
 * The owner may take the key away (S2.8): a do-not-heal mark on vault, key version or consumer always wins, be it a tag or a
 * record.
 */
export const doNotHeal: PolicyRule = (step, situation) => {
  const { records, settings, now } = situation;
  const mark =
    markOnKey(step, situation) ??
    markOnConsumers(step, situation) ??
    formerConsumers(step, situation) ??
    rememberedMark(step, records, settings.doNotHealTag, now, readNow(seenFor(step, situation)));
  return mark === undefined ? undefined : report(step, `${mark}.`);
};

const readNow = oncePer(
  (observation: KeyObservation): ReadonlySet<string> => new Set(readIn(observation).map(({ name }) => name)),
);

/** A record on a consumer of the baseline counts also where that consumer is gone now. */
const formerConsumers = (step: Step, { baseline, records, now }: PolicySituation): string | undefined => {
  const { kind } = subjectOf(step);
  const isForAll = kind === 'vault' || kind === 'key' || kind === 'version';
  return baseline && isForAll && isWeighty(step)
    ? recordMark(
        baseline.consumers.map(({ id }) => id),
        records,
        now,
      )
    : undefined;
};

/**
 * The mark on the vault, the key or a version that forbids a step. A step on a whole vault does not need the versions of this
 * key, but a mark on a version that was read counts. A mark in the baseline counts too, on a version that cannot be read now.
 */
const markOnKey = (step: Step, situation: PolicySituation): string | undefined => {
  const { records, settings, now } = situation;
  const observation = seenFor(step, situation);
  const versions = Object.values(observation.versions).map(
    (fact): Fact<Tagged> =>
      fact.kind === 'present' ? { kind: 'present', value: { name: fact.value.kid, tags: fact.value.tags } } : fact,
  );
  const facts = [...restsOn(step, observation), ...(subjectOf(step).kind === 'vault' ? versions : [])];
  const named = [...facts.flatMap((fact) => (fact.kind === 'present' ? [fact.value] : [])), ...remembered(situation)];
  const tagged = named.map(({ name, tags }) => tagThatMayGo(name, tags, settings.doNotHealTag));
  return recordMark(step.touches, records, now) ?? tagged.find((mark) => mark !== undefined);
};

const remembered = ({ baseline, observation }: PolicySituation): readonly Tagged[] =>
  Object.entries(baseline?.tags ?? {})
    .map(([name, tags]) => ({ name, tags }))
    .filter(({ name }) => observation.versions[name.split('/').at(-1) ?? '']?.kind !== 'present');

const markOnConsumers = (step: Step, situation: PolicySituation): string | undefined => {
  const { records, settings, now } = situation;
  const marks = servedBy(step, seenFor(step, situation)).map(
    ({ id, name, tags }) => recordMark([id], records, now) ?? tagThatMayGo(name, tags, settings.doNotHealTag),
  );
  return markThatCounts(step, marks);
};
