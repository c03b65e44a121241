import type { KeyVersionFacts } from '../model/facts.ts';

/**
 * A key as a list of its vault shows it: attributes and tags of its current version, which not every list names. What the
 * list does not show is left out; a time that it shows to be none is empty.
 */
export type ListedKey = Partial<
  Pick<
    KeyVersionFacts,
    'version' | 'enabled' | 'createdOn' | 'notBefore' | 'expiresOn' | 'updatedOn' | 'recoveryLevel' | 'tags'
  >
>;

/** What a read of one version has shown, and when it was asked for (ms since 1970). */
export type VersionRead = { readonly facts: KeyVersionFacts; readonly at: number };

/** Azure's clock and this one are never further apart. */
const CLOCKS_APART_MS = 120_000;

/**
 * Whether a version was read so long after its last write that each later one shows: Key Vault states times in whole seconds, so
 * that a second write within the second of the first, or a second version, has the same.
 */
export const isSettled = ({ facts, at }: VersionRead): boolean =>
  [facts.createdOn, facts.updatedOn ?? ''].every((written) => Date.parse(written) + CLOCKS_APART_MS <= at);

type Tags = KeyVersionFacts['tags'];

const sameTags = (one: Tags, other: Tags): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, value]) => other[name] === value);

const isShownOtherwise = <Value>(shown: Value | undefined, read: Value): boolean =>
  shown !== undefined && shown !== read;

/**
 * Whether a list shows the very version that was read, as it was read: then what was read is what a read of now would show. A
 * list that does not show whether the version is enabled, when it was made and when it was last written tells nothing. Every
 * write to a version changes when it was last written, also where the list does not show what was written.
 */
export const isUnchanged = (read: VersionRead, listed: ListedKey): boolean => {
  const { facts } = read;
  const { enabled, createdOn, updatedOn } = listed;
  if (enabled !== facts.enabled || !createdOn || createdOn !== facts.createdOn) return false;
  if (!updatedOn || updatedOn !== facts.updatedOn) return false;
  if (isShownOtherwise(listed.version, facts.version)) return false;
  if (isShownOtherwise(listed.notBefore, facts.notBefore ?? '')) return false;
  if (isShownOtherwise(listed.expiresOn, facts.expiresOn ?? '')) return false;
  if (isShownOtherwise(listed.recoveryLevel?.toLowerCase(), facts.recoveryLevel?.toLowerCase() ?? '')) return false;
  return (listed.tags === undefined || sameTags(listed.tags, facts.tags)) && isSettled(read);
};
