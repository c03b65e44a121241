import { endOf, inForce, untilWords } from '../model/in-force.ts';
import { oncePer } from '../model/once-per.ts';
import { isIn, type NamedTarget, named } from '../model/order-target.ts';
import type { PolicyRecords } from '../model/records.ts';
import type { Step } from '../steps/step.ts';
import { STEPS } from '../steps/steps.ts';

type DoNotHeal = PolicyRecords['doNotHeal'][number];

const targetOf = oncePer(({ target }: DoNotHeal): NamedTarget => named(target));

const sentenceOf = ({ by, target, why, until }: DoNotHeal): string =>
  `${by} forbids repairs of ${target}${untilWords({ until })}: ${why}`;

/** The record in force that lasts longest of those that name, in whatever spelling, what is meant; in a sentence. */
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

/** Who forbids repairs of one of these ids, or of what it lies in, in a sentence; `undefined` when nobody does. */
export const recordMark = (
  ids: readonly string[],
  records: Pick<PolicyRecords, 'doNotHeal'>,
  now: Date,
): string | undefined => {
  if (records.doNotHeal.length === 0) return undefined;
  const meant = ids.map(named);
  return firstRecord(records, now, (target) => meant.some((id) => isIn(id, target)));
};

/** Who forbids repairs of something in this vault, or in this key: a version, for one, that nobody uses. */
export const recordWithin = (id: string, records: Pick<PolicyRecords, 'doNotHeal'>, now: Date): string | undefined => {
  const outer = named(id);
  return firstRecord(records, now, (target) => isIn(target, outer));
};

/**
 * Whether these tags forbid repairs, in a sentence. Any value counts, an empty one too; only `false` takes the tag
 * back. Names of tags are compared without case, as Resource Manager does.
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
 * Whether a step gives somebody access by itself, or cannot be taken back: it is not done against any one's will. A grant does
 * so also where it only restores.
 */
export const isWeighty = ({ risk, kind }: Pick<Step, 'risk' | 'kind'>): boolean =>
  risk !== 'restore' || STEPS[kind].risk !== 'restore';

/**
 * The mark that counts among those of the consumers that a step is for, one for each. What undoes somebody's act gives
 * access back by itself, to all that use the key: there any consumer's counts. Extending a version that several use
 * brings none of them back, and is given up only where all of them are marked.
 */
export const markThatCounts = (
  step: Pick<Step, 'risk' | 'kind'>,
  marks: readonly (string | undefined)[],
): string | undefined => {
  const found = marks.filter((mark) => mark !== undefined);
  return isWeighty(step) || found.length === marks.length ? found[0] : undefined;
};
