import type { Fact } from '../model/facts.ts';
import type { Reach, ScopeSetting, Unread } from '../model/reach.ts';
import { formatResourceId, inScope } from '../model/resource-id.ts';

/*
 * Which subscriptions below management groups are in scope. A subscription comes into scope with the first answer of Azure that
 * lists it. It leaves the scope when two answers, half an hour apart, lack it: a single answer may be incomplete. Where several
 * subscriptions are missing at once, the product lets none of them go without asking a person: after a management group was
 * moved, or after the product lost a permission, the answers look the same.
 */

/** The first and the last answer without a subscription must be this far apart before the product lets it go. */
const APART_MS = 30 * 60_000;

/** Within this time after the product let a subscription go by itself, it asks a person about the next one. */
const AT_ONCE_MS = 60 * 60_000;

/** The clocks of two workers differ by less than this. */
const AHEAD_MS = 60_000;

/** Every sweep within this time reports what came and went: the sweep that noticed it may have died before it reported. */
export const TOLD_MS = 24 * 60 * 60_000;

/** A subscription in an answer of Azure: its id (GUID), and the name that people gave it, which decides nothing. */
export type Listed = { readonly id: string; readonly name?: string };

/** Times are ISO 8601. `managementGroups`: names of the management groups that listed the subscription, lower-cased. */
export type KnownSubscription = {
  /** GUID, lower-cased. */
  readonly id: string;
  /** As the last answer had it that lists the subscription. */
  readonly name?: string;
  readonly managementGroups: readonly string[];
  readonly foundAt: string;
  /** When an answer of Azure last listed the subscription. */
  readonly seenAt: string;
  /** Times of the first and the last answer without the subscription since then. `asked`: a person was asked whether it may go. */
  readonly missing?: { readonly since: string; readonly last: string; readonly asked?: true };
};

/** How a management group answers. `answeredAt`: when it last answered. `refused`: why it gave no answer when it was last asked. */
export type Answered = { readonly answeredAt?: string; readonly refused?: string };

/** `by`: the person who has said that it may go. */
export type Gone = {
  readonly id: string;
  readonly name?: string;
  readonly at: string;
  readonly byItself: boolean;
  readonly by?: string;
};

export type Followed = {
  /** When the management groups were last asked. Not there in an empty store. */
  readonly at?: string;
  /** The key of an entry is the name of the management group, lower-cased. */
  readonly answered: Readonly<Record<string, Answered>>;
  readonly subscriptions: readonly KnownSubscription[];
  /** Subscriptions that were let go within the last day. `byItself`: the product asked no person. */
  readonly gone: readonly Gone[];
};

export const NOTHING_FOLLOWED: Followed = { answered: {}, subscriptions: [], gone: [] };

/** What all management groups answered at the time `at`: by the name of each, the subscriptions below it. */
export type Descendants = { readonly at: string; readonly below: Readonly<Record<string, Fact<readonly Listed[]>>> };

/**
 * A person allowed the product to let this subscription go, which is missing since `since`. If the subscription comes back and is
 * missing again later, the permission does not count any more.
 */
export type Release = { readonly id: string; readonly since: string; readonly by?: string };

/**
 * The decisions of people. `notFollowed`: ids that the settings exclude, or name themselves. `releases`: which missing
 * subscriptions may go.
 */
export type Said = { readonly notFollowed: readonly string[]; readonly releases: readonly Release[] };

export type Following = {
  readonly next: Followed;
  /** Subscriptions that are missing for long enough. A person has to say whether they may go. */
  readonly asked: readonly KnownSubscription[];
};

const idOf = (subscriptionId: string): string => formatResourceId({ subscriptionId });

const lowered = (below: Descendants['below']): ReadonlyMap<string, Fact<readonly Listed[]>> =>
  new Map(Object.entries(below).map(([name, fact]) => [name.toLowerCase(), fact]));

/** The names of the management groups that list a subscription, and its own name. */
type Showing = { readonly by: readonly string[]; readonly name?: string };

type Shown = ReadonlyMap<string, Showing>;

/** By the id of each subscription. */
const shownIn = (below: ReadonlyMap<string, Fact<readonly Listed[]>>, notFollowed: readonly string[]): Shown => {
  const shown = new Map<string, Showing>();
  for (const [group, fact] of below)
    for (const { id, name } of fact.kind === 'present' ? fact.value : []) {
      const subscription = id.toLowerCase();
      if (inScope(idOf(subscription), notFollowed)) continue;
      const before = shown.get(subscription);
      shown.set(subscription, {
        by: [...new Set([...(before?.by ?? []), group])],
        ...named(before?.name ?? name),
      });
    }
  return shown;
};

const named = (name: string | undefined): { readonly name?: string } => (name === undefined ? {} : { name });

const answeredNow = (known: Followed, name: string, fact: Fact<unknown>, at: string): Answered => {
  if (fact.kind === 'present') return { answeredAt: at };
  const refused = fact.kind === 'unknown' ? fact.reason : 'Azure answers that there is none of that name';
  const { answeredAt } = known.answered[name] ?? {};
  return { ...(answeredAt !== undefined && { answeredAt }), refused };
};

const isWithin = (ms: number, before: string, at: string): boolean => Date.parse(at) - Date.parse(before) < ms;

const isDue = ({ missing }: KnownSubscription): boolean =>
  missing !== undefined && Date.parse(missing.last) - Date.parse(missing.since) >= APART_MS;

/**
 * A subscription counts as missing only where all management groups answered: it may have been moved below a group that is silent
 * now.
 */
const seenAgain = (
  one: KnownSubscription,
  now: { readonly at: string; readonly shown: Shown; readonly silent: readonly string[] },
): KnownSubscription => {
  const { missing, ...rest } = one;
  const showing = now.shown.get(one.id);
  if (showing !== undefined) {
    const unheard = one.managementGroups.filter((name) => now.silent.includes(name));
    const managementGroups = [...new Set([...showing.by, ...unheard])].toSorted();
    return { ...rest, ...named(showing.name), managementGroups, seenAt: now.at };
  }
  if (now.silent.length > 0) return one;
  return { ...rest, missing: { ...missing, since: earlier(missing?.since, now.at), last: now.at } };
};

/** A time later than now comes from a clock that was wrong. With such a time the subscription would never be due. */
const earlier = (since: string | undefined, at: string): string =>
  since !== undefined && Date.parse(since) <= Date.parse(at) ? since : at;

/** Whether one subscription alone is missing, and the product let none go by itself shortly before. Otherwise it asks a person. */
const isAlone = ({ gone }: Followed, all: readonly KnownSubscription[], at: string): boolean =>
  all.filter(({ missing }) => missing !== undefined).length === 1 &&
  !gone.some((one) => one.byItself && isWithin(AT_ONCE_MS, one.at, at));

/**
 * Once a person was asked, only a person decides: no time that passes and no other subscription that comes back answers for them.
 */
const isAsked = ({ missing }: KnownSubscription): boolean => missing?.asked === true;

const askedOf = (one: KnownSubscription): KnownSubscription =>
  one.missing !== undefined && isDue(one) ? { ...one, missing: { ...one.missing, asked: true } } : one;

/**
 * The known state, without its time where that time is still to come by every worker's clock. With such a time every answer would
 * count as older, and the product would follow no change until then.
 */
export const notAhead = (known: Followed, now: Date): Followed => {
  const { at, ...rest } = known;
  return at === undefined || Date.parse(at) - now.getTime() <= AHEAD_MS ? known : rest;
};

/** The answer of a person to a question: an answer without a question does not count. */
const releaseOf =
  (releases: readonly Release[]) =>
  (subscription: KnownSubscription): Release | undefined =>
    isAsked(subscription)
      ? releases.find(({ id, since }) => id === subscription.id && since === subscription.missing?.since)
      : undefined;

const goneOf = ({ id, name }: KnownSubscription, at: string, release: Release | undefined): Gone => ({
  id,
  ...named(name),
  at,
  byItself: release === undefined,
  ...(release?.by !== undefined && { by: release.by }),
});

/**
 * Which subscriptions are in scope after management groups were asked. Answers that are not newer than what is known change
 * nothing. A subscription also leaves this list where the settings no longer name its management group, or exclude the
 * subscription, or name the subscription itself: then a person has changed the settings.
 */
export const follow = (known: Followed, { at, below }: Descendants, { notFollowed, releases }: Said): Following => {
  if (known.at !== undefined && Date.parse(at) <= Date.parse(known.at)) return { next: known, asked: [] };
  const asked = lowered(below);
  const shown = shownIn(asked, notFollowed);
  const silent = [...asked].flatMap(([name, fact]) => (fact.kind === 'present' ? [] : [name]));
  const before = ofSetting(known.subscriptions, [...asked.keys()], notFollowed);
  const all = before.map((one) => seenAgain(one, { at, shown, silent }));
  const alone = isAlone(known, all, at);
  const released = releaseOf(releases);
  // The person who says that the subscription may go has seen an answer without it; this answer must be without it as well.
  const mayGo = (one: KnownSubscription): boolean =>
    isDue(one) && one.missing?.last === at && ((alone && !isAsked(one)) || released(one) !== undefined);
  const isKnown = new Set(all.map(({ id }) => id));
  const found = [...shown.keys()].filter((id) => !isKnown.has(id)).toSorted();
  const letGo = all.filter(mayGo);
  const stay = all.filter((one) => !mayGo(one)).map(askedOf);
  const news = found.map((id) => ({
    id,
    ...named(shown.get(id)?.name),
    managementGroups: [...(shown.get(id)?.by ?? [])].toSorted(),
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
        ...letGo.map((one) => goneOf(one, at, released(one))),
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

/** The places at which the product looks, by the settings and by the known state of the management groups. */
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

/**
 * The part of the row that is attested. A stranger who may write to the table still brings no subscription into scope, has none
 * let go sooner, or without the question to a person, and shows that person no false name.
 */
export const statementOf = ({ subscriptions }: Followed) => ({
  what: 'subscriptions followed',
  subscriptions: subscriptions.map(({ id, name, managementGroups, missing }) => ({
    id,
    ...named(name),
    managementGroups: [...managementGroups],
    ...(missing && { missing: { since: missing.since, asked: missing.asked === true } }),
  })),
});

/**
 * The product's statement about the subscriptions that it let go. The records of a place are forgotten only for a subscription in
 * such a statement, and only within the day in which the product let it go: an old statement does not count again.
 */
export const goneStatementOf = ({ gone }: Followed) => ({
  what: 'subscriptions let go',
  gone: gone.map(({ id, at }) => ({ id, at })),
});

/** Which of these subscriptions were let go within the last day. */
export const ofLate = (gone: readonly Gone[], now: Date): readonly Gone[] =>
  gone.filter(({ at }) => isWithin(TOLD_MS, at, now.toISOString()));
