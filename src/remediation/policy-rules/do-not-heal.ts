import type { ConsumerFacts } from '../facts.ts';
import { inForce, type PolicyRule, type PolicySituation, report } from '../policy-rule.ts';
import { keyIds, touchedBy, within } from '../step-scope.ts';
import type { Step } from '../steps.ts';

/**
 * Taking the key away is the owner's right (S2.8): a mark on key version, vault or consumer always wins, as a tag or as
 * a record. Extending a version that several consumers use is given up only where all of them are marked, since it
 * brings none of them back by itself.
 */
export const doNotHeal: PolicyRule = (step, situation) => {
  const { consumers } = touchedBy(step, situation.observation);
  const marks = consumers.map((consumer) => consumerMark(consumer, situation));
  const mark = keyMark(step, situation) ?? (marks.includes(undefined) ? undefined : marks[0]);
  return mark === undefined ? undefined : report(step, `${mark}. Remove that mark if the repair is wanted.`);
};

const keyMark = (step: Step, situation: PolicySituation): string | undefined => {
  const { vault } = situation.observation;
  const { version } = touchedBy(step, situation.observation);
  return (
    keyIds(step, situation.observation)
      .map((id) => recordFor(id, situation))
      .find((found) => found !== undefined) ??
    (version.kind === 'present' ? tagOf(version.value.kid, version.value.tags, situation) : undefined) ??
    (vault.kind === 'present' ? tagOf(vault.value.name, vault.value.tags, situation) : undefined)
  );
};

const consumerMark = ({ id, name, tags }: ConsumerFacts, situation: PolicySituation): string | undefined =>
  recordFor(id, situation) ?? tagOf(name, tags, situation);

const recordFor = (id: string, { records, now }: PolicySituation): string | undefined => {
  const record = records.doNotHeal.find(({ target, until }) => inForce(until, now) && within(id, target));
  return record && `${record.by} forbids repairs of ${record.target}: ${record.why}`;
};

/** Any value counts, an empty one too; only `false` takes the tag back. Tag names are compared without case. */
const tagOf = (
  name: string,
  tags: Readonly<Record<string, string>>,
  { settings }: PolicySituation,
): string | undefined => {
  const wanted = settings.doNotHealTag.toLowerCase();
  const tag = Object.entries(tags).find(([key]) => key.trim().toLowerCase() === wanted);
  return tag === undefined || tag[1].trim().toLowerCase() === 'false'
    ? undefined
    : `${name} carries the tag ${settings.doNotHealTag}`;
};
