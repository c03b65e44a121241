import { inForce } from './in-force.ts';
import type { PolicyRecords } from './policy-types.ts';
import { within } from './step-scope.ts';

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
