import { addDuration } from '../model/duration.ts';
import {
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  present,
  type SupersededVersion,
  type UnstatedVersion,
  unknown,
} from '../model/facts.ts';
import { parseKeyId } from '../model/key-ref.ts';

type Pinning = Pick<ConsumerFacts, 'pinned'>;
type Missing = Exclude<Fact<never>, { readonly kind: 'present' }>;

/**
 * The versions that consumers rest on. `gap`: not all of them are known, or (`absent`) the key is not there to tell which is
 * its current one.
 */
export type VersionsInUse = { readonly versions: readonly string[]; readonly gap?: Missing };

/** The version that a consumer states, in the name of its key or beside it. */
export const versionOf = ({ pinned: { version } }: Pinning): Fact<string> =>
  typeof version === 'string' ? present(version) : version;

/** Why a consumer that has to name a version, and names none, rests on no version that can be told; `undefined` of any other. */
export const whyUntold = ({ pinned: { version } }: Pinning): string | undefined =>
  typeof version !== 'string' && version.isOwed ? version.reason : undefined;

const unstated = (one: Pinning): UnstatedVersion | undefined => {
  const { version } = one.pinned;
  return typeof version === 'string' || whyUntold(one) !== undefined ? undefined : version;
};

/** Whether a consumer goes over to a new version of its key by itself, since it names none. */
export const followsKey = (one: Pinning): boolean =>
  parseKeyId(one.pinned.kid)?.version === undefined && whyUntold(one) === undefined;

/** The versions that these consumers state, each once. */
export const statedVersions = (consumers: readonly Pinning[]): readonly string[] => [
  ...new Set(consumers.flatMap(({ pinned: { version } }) => (typeof version === 'string' ? [version] : []))),
];

const EPOCH = new Date(0);

/**
 * How long the version before a new one may be needed by those of these consumers that state none (ISO 8601 duration): the
 * longest of their lags. `undefined` where none of them has one.
 */
export const longestLag = (consumers: readonly Pinning[]): string | undefined =>
  consumers
    .flatMap((one) => unstated(one)?.lag ?? [])
    .toSorted((a, b) => addDuration(EPOCH, a).getTime() - addDuration(EPOCH, b).getTime())
    .at(-1);

/** Whether any of them states no version. */
export const anyFollows = (consumers: readonly Pinning[]): boolean =>
  consumers.some((one) => unstated(one) !== undefined);

/** Whether a version that was made then may not be the only one in use yet. A time that nobody can read may be any. */
export const isInLag = (madeAt: string, lag: string, now: string): boolean =>
  !(addDuration(new Date(madeAt), lag) <= new Date(now));

const NOT_READ = unknown('the current version was not read');
const BEFORE_NOT_READ = unknown('which versions were current before was not read');

const supersededIn = ({ superseded, observedAt }: KeyObservation, lag: string): Fact<readonly SupersededVersion[]> =>
  superseded?.kind === 'present'
    ? present(superseded.value.filter(({ at }) => isInLag(at, lag, observedAt)))
    : (superseded ?? BEFORE_NOT_READ);

const usedBy = (consumer: Pinning, observation: KeyObservation): VersionsInUse => {
  const { pinned } = consumer;
  if (typeof pinned.version === 'string') return { versions: [pinned.version] };
  if (whyUntold(consumer) !== undefined) return { versions: [] };
  const { current = NOT_READ, observedAt } = observation;
  if (current.kind !== 'present') return { versions: [], gap: current };
  const { createdOn, version } = current.value;
  const { lag } = pinned.version;
  if (lag === undefined || !isInLag(createdOn, lag, observedAt)) return { versions: [version] };
  const before = supersededIn(observation, lag);
  if (before.kind === 'present') return { versions: [version, ...before.value.map((one) => one.version)] };
  return { versions: [version], ...(before.kind === 'unknown' && { gap: before }) };
};

/**
 * What these consumers rest on now. One that states no version uses the current one, and for its lag after a new one was
 * made maybe the one before it: then both must work. What Azure documents no lag for is judged by the current version alone.
 * One that has to state a version and does not rests on none that can be told: it is judged by its own state, and is no gap in what
 * is known of the others.
 */
export const versionsInUse = (consumers: readonly Pinning[], observation: KeyObservation): VersionsInUse => {
  const all = consumers.map((one) => usedBy(one, observation));
  const gaps = all.flatMap(({ gap }) => gap ?? []);
  const gap = gaps.find(({ kind }) => kind === 'unknown') ?? gaps[0];
  return { versions: [...new Set(all.flatMap(({ versions }) => versions))], ...(gap && { gap }) };
};

/** Until when a consumer may need this version (ISO 8601); `undefined` where it does not go over to another by itself. */
export const neededUntil = (
  consumer: Pinning,
  version: string,
  { superseded }: Pick<KeyObservation, 'superseded'>,
): string | undefined => {
  const lag = unstated(consumer)?.lag;
  const was = superseded?.kind === 'present' ? superseded.value.find((one) => one.version === version) : undefined;
  return lag === undefined || was === undefined ? undefined : addDuration(new Date(was.at), lag).toISOString();
};
