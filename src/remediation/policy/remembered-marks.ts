import type { KeyObservation } from '../model/facts.ts';
import { inForce } from '../model/in-force.ts';
import type { PolicyRecords } from '../model/records.ts';
import { within } from '../model/resource-id.ts';
import { consumersOf, pinsOf, readPins } from '../observation/pins.ts';
import { versionsInUse } from '../observation/versions-in-use.ts';
import { kindOf, STEPS, type StepSpec } from '../steps/steps.ts';
import { recordMark, tagMark } from './do-not-heal-mark.ts';

/**
 * Pinned versions that bear the tag, sorted. One that cannot be read, or is gone, stays as it was; so do all that were not
 * read now where nobody can tell which versions are in use.
 */
export const markedIn = (
  observation: KeyObservation,
  doNotHealTag: string,
  before: readonly string[],
): readonly string[] => {
  const read = new Map(readPins(observation).map(({ kid, facts }) => [kid, facts.tags]));
  const isOpen = versionsInUse(consumersOf(observation), observation).gap !== undefined;
  const pinned = new Set(pinsOf(observation).map(({ kid }) => kid));
  const marked = [...read].filter(([kid, tags]) => tagMark(kid, tags, doNotHealTag) !== undefined);
  const kept = before.filter((kid) => !read.has(kid) && (isOpen || pinned.has(kid)));
  return [...marked.map(([kid]) => kid), ...kept].toSorted();
};

/** The host of the vault of which a step gives every key back to those who use it; `undefined` where it does not. */
export const vaultOpenedBy = (step: StepSpec): string | undefined => {
  const { opensVault } = kindOf(step);
  return opensVault === false ? undefined : opensVault(step);
};

const isOutOfSight = ({ kind }: StepSpec): boolean => {
  const { bringsBack } = STEPS[kind];
  return bringsBack !== 'nothing' && bringsBack.versionTags === 'remembered';
};

const recordInVault = (host: string, { doNotHeal }: PolicyRecords, now: Date): string | undefined =>
  recordMark(
    doNotHeal.flatMap(({ target, until }) =>
      inForce(until, now) && within(target, `https://${host}`) ? [target] : [],
    ),
    { doNotHeal },
    now,
  );

/**
 * Who forbids a step by a mark on what the step would give back, though it is out of sight: a version in a deleted vault, or
 * another key of the vault and those who use it.
 */
export const rememberedMark = (
  step: StepSpec,
  records: PolicyRecords,
  doNotHealTag: string,
  now: Date,
): string | undefined => {
  const { marked = [], neighbours = { ids: [], marked: [] } } = records;
  const host = vaultOpenedBy(step);
  const [name] = [...(isOutOfSight(step) ? marked : []), ...(host === undefined ? [] : neighbours.marked)];
  if (name !== undefined) return `${name} carried the tag ${doNotHealTag} when it was last seen`;
  return host === undefined
    ? undefined
    : (recordInVault(host, records, now) ?? recordMark(neighbours.ids, records, now));
};
