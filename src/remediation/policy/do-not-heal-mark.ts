import { inForce } from '../model/in-force.ts';
import type { PolicyRecords } from '../model/records.ts';
import { within } from '../model/resource-id.ts';
import type { Step } from '../steps/step.ts';
import { STEPS } from '../steps/steps.ts';

/** Who forbids repairs of one of these ids, in a sentence; `undefined` when nobody does. */
export const recordMark = (
  ids: readonly string[],
  { doNotHeal }: Pick<PolicyRecords, 'doNotHeal'>,
  now: Date,
): string | undefined => {
  const record = doNotHeal.find(({ target, until }) => inForce(until, now) && ids.some((id) => within(id, target)));
  return record && `${record.by} forbids repairs of ${record.target}: ${record.why}`;
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
