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
 * The versions that consumers use. `gap`: some versions are not known, or (`absent`) the key is not there to show its current
 * version.
 */
export type VersionsInUse = { readonly versions: readonly string[]; readonly gap?: Missing };

/** The version that a consumer states, in its key identifier or in another property. */
export const versionOf = ({ pinned: { version } }: Pinning): Fact<string> =>
  typeof version === 'string' ? present(version) : version;

/** Why the version of a consumer is not known, though its kind has to name one; `undefined` for any other consumer. */
export const whyUntold = ({ pinned: { version } }: Pinning): string | undefined =>
  typeof version !== 'string' && version.isOwed ? version.reason : undefined;

const unstated = (one: Pinning): UnstatedVersion | undefined => {
  const { version } = one.pinned;
  return typeof version === 'string' || whyUntold(one) !== undefined ? undefined : version;
};

/** Whether a consumer moves to a new version of its key by itself, since it names no version. */
export const followsKey = (one: Pinning): boolean =>
  parseKeyId(one.pinned.kid)?.version === undefined && whyUntold(one) === undefined;

/** The versions that these consumers state, each once. */
export const statedVersions = (consumers: readonly Pinning[]): readonly string[] => [
  ...new Set(consumers.flatMap(({ pinned: { version } }) => (typeof version === 'string' ? [version] : []))),
];

const EPOCH = new Date(0);

/**
 * How long these consumers may still need the version before a new one (ISO 8601 duration): the longest lag of those that state
 * no version. `undefined` where none has a lag.
 */
export const longestLag = (consumers: readonly Pinning[]): string | undefined =>
  consumers
    .flatMap((one) => unstated(one)?.lag ?? [])
    .toSorted((a, b) => addDuration(EPOCH, a).getTime() - addDuration(EPOCH, b).getTime())
    .at(-1);

/** Whether any of these consumers states no version. */
export const anyFollows = (consumers: readonly Pinning[]): boolean =>
  consumers.some((one) => unstated(one) !== undefined);

/**
 * Whether a version that was made at this time may not yet be the only one in use. A time that cannot be parsed counts as such.
 */
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
 * The versions that these consumers use now. A consumer that states no version uses the current one; within its lag after a new
 * version was made it may still use the former one, so both must work. A consumer for which Azure documents no lag is judged by
 * the current version alone. A consumer that has to state a version, and does not, has no known version: it is judged by its own
 * state, and makes no gap for the others.
 */
export const versionsInUse = (consumers: readonly Pinning[], observation: KeyObservation): VersionsInUse => {
  const all = consumers.map((one) => usedBy(one, observation));
  const gaps = all.flatMap(({ gap }) => gap ?? []);
  const gap = gaps.find(({ kind }) => kind === 'unknown') ?? gaps[0];
  return { versions: [...new Set(all.flatMap(({ versions }) => versions))], ...(gap && { gap }) };
};

/**
 * Until when a consumer may need this version (ISO 8601); `undefined` where the consumer does not move to another version by
 * itself.
 */
export const neededUntil = (
  consumer: Pinning,
  version: string,
  { superseded }: Pick<KeyObservation, 'superseded'>,
): string | undefined => {
  const lag = unstated(consumer)?.lag;
  const was = superseded?.kind === 'present' ? superseded.value.find((one) => one.version === version) : undefined;
  return lag === undefined || was === undefined ? undefined : addDuration(new Date(was.at), lag).toISOString();
};
