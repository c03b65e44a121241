import { liftBy } from '../model/doors.ts';
import { endOf, inForce, untilWords } from '../model/in-force.ts';
import { oncePer } from '../model/once-per.ts';
import { isIn, type NamedTarget, named } from '../model/override-target.ts';
import type { PolicyRecords } from '../model/records.ts';
import type { Step } from '../steps/step.ts';
import { STEPS } from '../steps/steps.ts';

type DoNotHeal = PolicyRecords['doNotHeal'][number];

const targetOf = oncePer(({ target }: DoNotHeal): NamedTarget => named(target));

const sentenceOf = ({ by, target, why, until }: DoNotHeal): string =>
  `${by} forbids repairs of ${target}${untilWords({ until })}: ${why}. If the repair is wanted, lift the record with ${liftBy('do-not-heal', `target=${target}&why=`)}`;

/**
 * A sentence on the do-not-heal record in force that names the target, in any spelling; of several, the one that lasts longest.
 */
const firstRecord = (
  { doNotHeal }: Pick<PolicyRecords, 'doNotHeal'>,
  now: Date,
  isMeant: (target: NamedTarget) => boolean,
): string | undefined => {
  const [record] = doNotHeal
    .filter((one) => inForce(one.until, now) && isMeant(targetOf(one)))
    .toSorted((one, other) => endOf(other) - endOf(one));
  return record && sentenceOf(record);
};

/** A sentence on who forbids repairs of one of these ids, or of what contains it; `undefined` where nobody does. */
export const recordMark = (
  ids: readonly string[],
  records: Pick<PolicyRecords, 'doNotHeal'>,
  now: Date,
): string | undefined => {
  if (records.doNotHeal.length === 0) return undefined;
  const meant = ids.map(named);
  return firstRecord(records, now, (target) => meant.some((id) => isIn(id, target)));
};

/** A sentence on who forbids repairs of something in this vault or key, for example of a version that no consumer uses. */
export const recordWithin = (id: string, records: Pick<PolicyRecords, 'doNotHeal'>, now: Date): string | undefined => {
  const outer = named(id);
  return firstRecord(records, now, (target) => isIn(target, outer));
};

/**
 * A sentence where these tags forbid repairs. Any value of the tag counts, an empty one too; only `false` cancels it. Names of
 * tags are compared without case, as Resource Manager does.
 */
export const tagMark = (
  name: string,
  tags: Readonly<Record<string, string>>,
  doNotHealTag: string,
): string | undefined => {
  const tag = Object.entries(tags).find(([key]) => key.trim().toLowerCase() === doNotHealTag.toLowerCase());
  return tag === undefined || tag[1].trim().toLowerCase() === 'false'
    ? undefined
    : `${name} carries the tag ${doNotHealTag}`;
};

/**
 * Whether a step gives access, undoes somebody's act, or cannot be undone: then any one mark forbids it. A grant is such a step
 * also where it only restores.
 */
export const isWeighty = ({ risk, kind }: Pick<Step, 'risk' | 'kind'>): boolean =>
  risk !== 'restore' || STEPS[kind].risk !== 'restore';

/**
 * The mark that forbids a step, from the marks of the consumers that the step serves (one entry each). A step that undoes
 * somebody's act gives access back to all consumers of the key: the mark of any one forbids it. An extension gives access back to
 * nobody: it is forbidden only where all consumers are marked.
 */
export const markThatCounts = (
  step: Pick<Step, 'risk' | 'kind'>,
  marks: readonly (string | undefined)[],
): string | undefined => {
  const found = marks.filter((mark) => mark !== undefined);
  return isWeighty(step) || found.length === marks.length ? found[0] : undefined;
};
