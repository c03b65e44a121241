import type { Fact } from '../model/facts.ts';
import type { Reach, ScopeSetting, Unread } from '../model/reach.ts';
import { inScope } from '../model/resource-id.ts';

/*
 * Which subscriptions below management groups are in scope. One is in scope as soon as Azure has answered with it, and until Azure
 * has answered without it twice, half an hour apart: one answer may lack what is there. Of several that are missing none is let go by
 * itself: so looks a management group that was moved, or of which we may see less.
 */

/** So far apart are the first and the last answer without a subscription that is let go. */
const APART_MS = 30 * 60_000;

/** Within this time of one that was let go by itself another asks. */
const AT_ONCE_MS = 60 * 60_000;

/** The clocks of two workers differ by less. */
const AHEAD_MS = 60_000;

/** What came and went is said by whoever sweeps within this time, though one who sweeps may die before it says so. */
export const TOLD_MS = 24 * 60 * 60_000;

/** Times are ISO 8601. `managementGroups`: those that it was found below, lower-cased. */
export type KnownSubscription = {
  /** GUID, lower-cased. */
  readonly id: string;
  readonly managementGroups: readonly string[];
  readonly foundAt: string;
  /** When Azure last answered with it. */
  readonly seenAt: string;
  /** The first and the last answer without it since. `asked`: a person was asked whether it may go. */
  readonly missing?: { readonly since: string; readonly last: string; readonly asked?: true };
};

/** What a management group has said when it was last asked: why it has not answered then, and when it last has. */
export type Answered = { readonly answeredAt?: string; readonly refused?: string };

export type Gone = { readonly id: string; readonly at: string; readonly byItself: boolean };

export type Followed = {
  /** When they were last asked; none in an empty store. */
  readonly at?: string;
  /** By name of the management group, lower-cased. */
  readonly answered: Readonly<Record<string, Answered>>;
  readonly subscriptions: readonly KnownSubscription[];
  /** That were let go within a day. `byItself`: nobody had to be asked. */
  readonly gone: readonly Gone[];
};

export const NOTHING_FOLLOWED: Followed = { answered: {}, subscriptions: [], gone: [] };

/** Ids (GUIDs) of the subscriptions below each management group, by its name, as all of them were asked at that time. */
export type Descendants = { readonly at: string; readonly below: Readonly<Record<string, Fact<readonly string[]>>> };

/** Of one that is missing since then a person says that it may go: if it comes back and is missing again, that is another time. */
export type Release = { readonly id: string; readonly since: string };

/** What people have said. `notFollowed`: ids of what is never in scope, or always. `releases`: which of those that are missing may go. */
export type Said = { readonly notFollowed: readonly string[]; readonly releases: readonly Release[] };

export type Following = {
  readonly next: Followed;
  /** Those that are missing for long enough, and of which a person has to say whether they may go. */
  readonly asked: readonly KnownSubscription[];
};

const idOf = (subscription: string): string => `/subscriptions/${subscription}`;

const lowered = (below: Descendants['below']): ReadonlyMap<string, Fact<readonly string[]>> =>
  new Map(Object.entries(below).map(([name, fact]) => [name.toLowerCase(), fact]));

type Shown = ReadonlyMap<string, readonly string[]>;

/** The management groups that show each subscription. */
const shownIn = (below: ReadonlyMap<string, Fact<readonly string[]>>, notFollowed: readonly string[]): Shown => {
  const shown = new Map<string, readonly string[]>();
  for (const [name, fact] of below)
    for (const id of fact.kind === 'present' ? fact.value : []) {
      const subscription = id.toLowerCase();
      if (inScope(idOf(subscription), notFollowed)) continue;
      shown.set(subscription, [...new Set([...(shown.get(subscription) ?? []), name])]);
    }
  return shown;
};

const answeredNow = (known: Followed, name: string, fact: Fact<unknown>, at: string): Answered => {
  if (fact.kind === 'present') return { answeredAt: at };
  const refused = fact.kind === 'unknown' ? fact.reason : 'Azure answers that there is none of that name';
  const { answeredAt } = known.answered[name] ?? {};
  return { ...(answeredAt !== undefined && { answeredAt }), refused };
};

const isWithin = (ms: number, before: string, at: string): boolean => Date.parse(at) - Date.parse(before) < ms;

const isDue = ({ missing }: KnownSubscription): boolean =>
  missing !== undefined && Date.parse(missing.last) - Date.parse(missing.since) >= APART_MS;

/** Only where all have answered is it missing: it may have been moved below another one. */
const seenAgain = (
  one: KnownSubscription,
  now: { readonly at: string; readonly shown: Shown; readonly silent: readonly string[] },
): KnownSubscription => {
  const { missing, ...rest } = one;
  const by = now.shown.get(one.id);
  if (by !== undefined) {
    const unheard = one.managementGroups.filter((name) => now.silent.includes(name));
    return { ...rest, managementGroups: [...new Set([...by, ...unheard])].toSorted(), seenAt: now.at };
  }
  if (now.silent.length > 0) return one;
  return { ...rest, missing: { ...missing, since: earlier(missing?.since, now.at), last: now.at } };
};

/** Of one that is missing since later than now it would else never be due. */
const earlier = (since: string | undefined, at: string): string =>
  since !== undefined && Date.parse(since) <= Date.parse(at) ? since : at;

/** One alone, and none short before it: else a person is asked. */
const isAlone = ({ gone }: Followed, all: readonly KnownSubscription[], at: string): boolean =>
  all.filter(({ missing }) => missing !== undefined).length === 1 &&
  !gone.some((one) => one.byItself && isWithin(AT_ONCE_MS, one.at, at));

/** Who was asked decides: neither time nor what becomes of the others answers for a person. */
const isAsked = ({ missing }: KnownSubscription): boolean => missing?.asked === true;

const askedOf = (one: KnownSubscription): KnownSubscription =>
  one.missing !== undefined && isDue(one) ? { ...one, missing: { ...one.missing, asked: true } } : one;

/**
 * What is known, without a time of it that no clock of a worker can have said yet: every answer would else count as older, and nothing
 * would be followed until then.
 */
export const notAhead = (known: Followed, now: Date): Followed => {
  const { at, ...rest } = known;
  return at === undefined || Date.parse(at) - now.getTime() <= AHEAD_MS ? known : rest;
};

const isReleased =
  (releases: readonly Release[]) =>
  ({ id, missing }: KnownSubscription): boolean =>
    releases.some((one) => one.id === id && one.since === missing?.since);

/**
 * What is in scope after management groups were asked. Answers that are not newer than what is known change nothing. A subscription of a
 * management group that is asked no more, or that is excluded or named itself, is dropped: a person has changed the settings.
 */
export const follow = (known: Followed, { at, below }: Descendants, { notFollowed, releases }: Said): Following => {
  if (known.at !== undefined && Date.parse(at) <= Date.parse(known.at)) return { next: known, asked: [] };
  const asked = lowered(below);
  const shown = shownIn(asked, notFollowed);
  const silent = [...asked].flatMap(([name, fact]) => (fact.kind === 'present' ? [] : [name]));
  const before = ofSetting(known.subscriptions, [...asked.keys()], notFollowed);
  const all = before.map((one) => seenAgain(one, { at, shown, silent }));
  const alone = isAlone(known, all, at);
  const released = isReleased(releases);
  const mayGo = (one: KnownSubscription): boolean => isDue(one) && ((alone && !isAsked(one)) || released(one));
  const isKnown = new Set(all.map(({ id }) => id));
  const found = [...shown.keys()].filter((id) => !isKnown.has(id)).toSorted();
  const letGo = all.filter(mayGo);
  const stay = all.filter((one) => !mayGo(one)).map(askedOf);
  const news = found.map((id) => ({
    id,
    managementGroups: [...(shown.get(id) ?? [])].toSorted(),
    foundAt: at,
    seenAt: at,
  }));
  return {
    next: {
      at,
      answered: Object.fromEntries([...asked].map(([name, fact]) => [name, answeredNow(known, name, fact, at)])),
      subscriptions: [...stay, ...news].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      gone: [
        ...known.gone.filter((one) => isWithin(TOLD_MS, one.at, at)),
        ...letGo.map((one) => ({ id: one.id, at, byItself: !released(one) })),
      ],
    },
    asked: stay.filter(isDue),
  };
};

const ofSetting = (
  all: readonly KnownSubscription[],
  names: readonly string[],
  excluded: readonly string[],
): readonly KnownSubscription[] =>
  all.filter(
    ({ id, managementGroups }) => managementGroups.some((name) => names.includes(name)) && !inScope(idOf(id), excluded),
  );

const unreadIn = ({ answered }: Followed, name: string): readonly Unread[] => {
  const { answeredAt, refused } = answered[name.toLowerCase()] ?? {};
  const id = `/providers/Microsoft.Management/managementGroups/${name}`;
  if (answeredAt !== undefined && refused === undefined) return [];
  const since =
    answeredAt === undefined
      ? 'it has never said which subscriptions lie below it, so none of them is looked at'
      : `it last said on ${answeredAt} which subscriptions lie below it, and those are looked at as before`;
  return [{ id, reason: refused === undefined ? `${since}; the next sweep asks it` : `${since}: ${refused}` }];
};

/** Where the product looks by what is known. */
export const reachOf = ({ named, managementGroups, excluded }: ScopeSetting, known: Followed): Reach => {
  const names = managementGroups.map((name) => name.toLowerCase());
  return {
    named,
    scopes: [...named, ...ofSetting(known.subscriptions, names, excluded).map(({ id }) => idOf(id))],
    excluded,
    managementGroups,
    unread: managementGroups.flatMap((name) => unreadIn(known, name)),
  };
};

/** What is attested of it: whoever may write to a table brings nothing into scope. */
export const statementOf = ({ subscriptions }: Followed) => ({
  what: 'subscriptions followed',
  subscriptions: subscriptions.map(({ id, managementGroups }) => ({ id, managementGroups: [...managementGroups] })),
});
