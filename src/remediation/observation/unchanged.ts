import type { KeyVersionFacts } from '../model/facts.ts';

/**
 * A key as a list of its vault shows it: attributes and tags of its current version, whose name not every list shows. A property
 * that the list does not show is left out; a time that the list shows as not set is empty.
 */
export type ListedKey = Partial<
  Pick<
    KeyVersionFacts,
    'version' | 'enabled' | 'createdOn' | 'notBefore' | 'expiresOn' | 'updatedOn' | 'recoveryLevel' | 'tags'
  >
>;

/** What a read of one version showed, and when the read was sent (ms since 1970). */
export type VersionRead = { readonly facts: KeyVersionFacts; readonly at: number };

/** The clocks of Azure and of this process are assumed to differ by no more than this. */
const CLOCKS_APART_MS = 120_000;

/**
 * Whether a version was read so long after its last write that a later write must show another time. Key Vault states times in
 * whole seconds: a second write, or a second version, within the same second has the same time.
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
 * Whether a list shows the same version as an earlier read, unchanged: then a new read would show nothing new. A list must show
 * whether the version is enabled, when it was made and when it was last written; else the answer is no. Every write to a version
 * changes the time of its last write, also where the list does not show the property that was written.
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
