import { type Fact, type KeyVersionFacts, present, type SupersededVersion, unknown } from '../model/facts.ts';

/** A version as a list of versions shows it. `createdOn`: ISO 8601. */
export type MadeVersion = { readonly version: string; readonly createdOn?: string };

type Dated = Required<MadeVersion>;

/**
 * The versions before the current one, newest first, each with the time at which the next version was made. A version that is
 * newer than the current one was made between the two reads: it is left out.
 */
export const supersededVersions = (
  listed: readonly MadeVersion[],
  { version, createdOn }: Pick<KeyVersionFacts, 'version' | 'createdOn'>,
): Fact<readonly SupersededVersion[]> => {
  const others = listed.filter((one) => one.version !== version);
  const dated = others.filter((one): one is Dated => one.createdOn !== undefined && one.createdOn <= createdOn);
  if (createdOn === '' || others.some((one) => one.createdOn === undefined))
    return unknown('not every version states when it was made');
  const before = dated.toSorted((one, other) => (one.createdOn < other.createdOn ? 1 : -1));
  return present(before.map((one, at) => ({ version: one.version, at: before[at - 1]?.createdOn ?? createdOn })));
};
