/** Sets of broken links, under a product whose only settings are its mode and its scope. */
import { expect } from 'vitest';
import { SECOND } from '../../builders/app.ts';
import { breakLink } from '../../builders/breaking/break-link.ts';
import { leastWrites } from '../../builders/breaking/least-writes.ts';
import { type Kind, LINKS, type Link } from '../../builders/breaking/links.ts';
import { type Subject, smallSubsetsOf } from '../../builders/breaking/subjects.ts';
import type { WriteName } from '../../builders/breaking/write-names.ts';
import { type BreakAll, type Healed, playSubsets, type Told, untilQuiet } from './every-subset-story.ts';

/** The breaks are independent on purpose: only the fuse is wider than by default. */
const DEFAULTS = { GUARDIAN_DEDICATED_VAULTS: '', GUARDIAN_FUSE_ROOT_CAUSES: '9999' };

/**
 * One link after the other, a second apart, in the order that the cloud allows: for the activity log, access that is taken at the
 * very instant of its vault's deletion was lost with the vault.
 */
const oneAfterTheOther: BreakAll = async (app, subjects) => {
  for (const link of LINKS) {
    const broken = subjects.filter(({ links }) => links.includes(link));
    for (const subject of broken) breakLink(app.cloud.world, subject, link);
    await app.pass(SECOND);
  }
};

/** Steps that undo an act of a person, and are not named by GUARDIAN_AUTO_REVERSE: the product asks. */
const ASKED: Readonly<Partial<Record<Link, readonly WriteName[]>>> = {
  accessRemoved: ['grant access'],
  identityRemoved: ['update', 'grant access'],
  keyDisabled: [],
  networkClosed: ['write rules'],
};

const asks = ({ links }: Subject): boolean => links.some((link) => ASKED[link] !== undefined);

/** The writes that must not happen. A copy gets its access, and any consumer may be revalidated, whatever else is broken. */
const forbidden = ({ links, kind }: Subject): readonly WriteName[] => {
  const writes = links.flatMap((link) => ASKED[link] ?? []);
  const allowed = links.includes('copyFresh') ? ['grant access'] : [];
  return writes.filter((write) => !allowed.includes(write) && !(write === 'update' && kind !== 'single'));
};

const named = ({ subject }: Healed): string => `${subject.name} (${subject.links.join(' + ')})`;

/** `single-3 (keyExpired + keyDisabled): ask; …`, in the story's text about consumers that were not healed. */
const verdictOn = (told: Told, one: Healed): string | undefined =>
  told.said
    .find((line) => line.startsWith(`${named(one)}: `))
    ?.slice(named(one).length + 2)
    .split(';')[0];

/**
 * A consumer whose breaks need only steps that restore, or that are named by default, is healed by the fewest writes. For every
 * other consumer the product asks a person, sends no write that it asks about, and no more writes than a full repair would take.
 */
const expectCareful = (told: Told): void => {
  const [waiting, free] = [
    told.healed.filter((one) => asks(one.subject)),
    told.healed.filter((one) => !asks(one.subject)),
  ];
  const sorted = (writes: readonly string[]): string => [...writes].sort().join(', ');
  expect(free.map((one) => `${named(one)}: ${sorted(one.writes)}`)).toEqual(
    free.map((one) => `${named(one)}: ${leastWrites(one.subject).join(', ')}`),
  );
  expect(free.filter((one) => verdictOn(told, one) !== undefined).map(named)).toEqual([]);
  expect(waiting.filter((one) => verdictOn(told, one) !== 'ask').map(named)).toEqual([]);
  const trespasses = waiting.filter(({ subject, writes }) => forbidden(subject).some((name) => writes.includes(name)));
  expect(trespasses.map((one) => `${named(one)}: ${sorted(one.writes)}`)).toEqual([]);
  const most = (subject: Subject): number => leastWrites(subject).length;
  expect(waiting.filter(({ subject, writes }) => writes.length > most(subject)).map(named)).toEqual([]);
};

/** Plays subsets of the links of a kind, each on a consumer and a vault of its own. */
export const playCarefully = async (kind: Kind): Promise<void> =>
  expectCareful(
    await playSubsets(
      kind,
      'roles',
      smallSubsetsOf(kind),
      { settings: DEFAULTS },
      { breakAll: oneAfterTheOther, wait: untilQuiet },
    ),
  );
