import type { Unreadable } from '../../azure/consumers/consumer-type.ts';
import { isSameJson } from '../../remediation/model/canonical.ts';
import { absent, type ConsumerFacts, type KeyObservation, unknown } from '../../remediation/model/facts.ts';
import { keyId } from '../../remediation/model/key-ref.ts';
import { within } from '../../remediation/model/resource-id.ts';
import { isLongMissed, isMoved } from '../../remediation/observation/believed-absence.ts';
import type { ConsumerChange, Seen } from '../../store/consumer-index.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';

/**
 * The sort key of an entry. One resource may use several versions of a key, so only its id, its use and its pinned key
 * id together are unique.
 */
const nameOf = ({ id, use = 'active', pinned }: ConsumerFacts): string => `${id} ${use} ${pinned.kid}`;

type Sources = Pick<Guardian, 'store'> & {
  readonly settings?: {
    readonly policy?: Pick<Guardian['settings']['policy'], 'doNotHealTag'>;
    readonly ownerTag?: string;
  };
};

/** A stranger's resource may have fifty long tags: only the tags that the product reads are kept. */
const readTags = (tags: ConsumerFacts['tags'], { settings }: Sources): ConsumerFacts['tags'] => {
  const mark = settings?.policy?.doNotHealTag;
  if (mark === undefined) return tags;
  const read = [mark, settings?.ownerTag].map((name) => name?.toLowerCase());
  return Object.fromEntries(Object.entries(tags).filter(([name]) => read.includes(name.trim().toLowerCase())));
};

/**
 * Two facts are not kept: `otherKeyWorks` is read anew by every look that needs it, and the oldest restore point
 * (`existsSince`) moves on by itself.
 */
const keptBy =
  (sources: Sources) =>
  ({ otherKeyWorks: _works, existsSince: _since, ...facts }: ConsumerFacts): ConsumerFacts => ({
    ...facts,
    tags: readTags(facts.tags, sources),
  });

const inOrder = (consumers: readonly ConsumerFacts[]): readonly ConsumerFacts[] =>
  consumers.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));

const areSame = (some: readonly ConsumerFacts[], others: readonly ConsumerFacts[]): boolean =>
  isSameJson(inOrder(some), inOrder(others));

/** A look reads all uses of a resource at once, so the resource id alone says which entries are old. */
const without = (known: readonly ConsumerFacts[], others: readonly ConsumerFacts[]): readonly ConsumerFacts[] => {
  const ids = new Set(others.map(({ id }) => id.toLowerCase()));
  return known.filter(({ id }) => !ids.has(id.toLowerCase()));
};

/**
 * Records the consumers of a key as just seen: the next look starts with them, and the probe reads their versions. A
 * consumer that was added after `state` was read stays, since this look did not search for it. `beside`: what else this
 * look saw, left out where that is recorded; it is written with the consumers. Two calls, and only where
 * something changed.
 */
export const rememberConsumers = async (
  sources: Sources,
  state: KeyState,
  { consumers, unsure = {} }: Pick<KeyObservation, 'consumers' | 'unsure'>,
  beside?: Seen,
): Promise<void> => {
  const { consumerIndex } = sources.store;
  const change = consumersChange(sources, state, { consumers, unsure });
  if (change) await consumerIndex.change(state.keyId, change, beside && { seen: beside });
  else if (beside) await consumerIndex.setSeen(state.keyId, beside);
};

const consumersChange = (
  sources: Sources,
  state: KeyState,
  { consumers, unsure = {} }: Pick<KeyObservation, 'consumers' | 'unsure'>,
): ConsumerChange | undefined => {
  if (consumers.kind !== 'present') return undefined;
  const isGone = ({ id, state: its }: ConsumerFacts): boolean => its.kind === 'absent' && !(id.toLowerCase() in unsure);
  const seen = consumers.value.filter((one) => !isGone(one)).map(keptBy(sources));
  const before = state.consumers?.consumers ?? [];
  if (areSame(before, seen)) return undefined;
  return (known) => [...seen, ...without(known, [...before, ...seen])];
};

/**
 * A hidden consumer keeps its recorded facts except its state, which becomes unknown: a former healthy state proves
 * nothing now. After a mere failure of Azure the consumer stays unchanged: it is read again before people are told.
 */
const unseen = (consumer: ConsumerFacts, hidden: readonly Unreadable[]): ConsumerFacts => {
  const by = hidden.find(({ id, unavailable }) => !unavailable && within(consumer.id, id));
  return by === undefined ? consumer : { ...consumer, state: unknown(by.reason) };
};

/** A consumer that a complete list lacks is not gone yet: lists of Azure have lagged behind for hours. */
const missing = (consumer: ConsumerFacts): ConsumerFacts => ({ ...consumer, state: absent });

/**
 * A listing of all scopes. `listedAt` (ISO 8601): an instant before the listing began. `pinsRead`: ARM ids,
 * lower-cased, of the consumers whose pinned key was read and not assumed.
 */
export type Listing = {
  readonly isComplete: boolean;
  /** Scopes or single consumers that Azure does not let the product read now. */
  readonly hidden: readonly Unreadable[];
  /**
   * ARM ids, lower-cased, of all consumers that were read. A consumer in this list that now uses another key has left
   * this key.
   */
  readonly ids: ReadonlySet<string>;
  readonly listedAt: string;
  readonly pinsRead: ReadonlySet<string>;
  /** Whether nothing is looked at there any more: its subscription was let go, or is excluded. Its consumers are forgotten. */
  readonly isGivenUp?: (id: string) => boolean;
};

/**
 * The time of reading a pin is recorded anew at most this often where the pin has not changed: a sweep every five
 * minutes would else write every time.
 */
const PIN_KEPT_MS = 3_600_000;

/** Whether a recent read is already recorded. A recorded time in the future proves no read. */
const isOfLate = (readAt: string | undefined, listedAt: string): boolean => {
  const age = Date.parse(listedAt) - Date.parse(readAt ?? '');
  return age >= 0 && age < PIN_KEPT_MS;
};

/**
 * Records the consumers of a key from a listing. A recorded consumer that the listing lacks becomes missed only if the
 * listing is complete and no other writer has changed the record since the listing began. It is forgotten once it was
 * missed for long enough.
 */
export const rememberListed = async (
  sources: Sources,
  { keyId: id, consumers }: Pick<KeyState, 'keyId' | 'consumers'>,
  all: readonly ConsumerFacts[],
  { hidden, ids, isComplete, listedAt, pinsRead, isGivenUp = () => false }: Listing,
): Promise<void> => {
  const before = consumers?.consumers ?? [];
  const listed = all.map(keptBy(sources));
  const outOfSight = without(before, listed).map((one) => unseen(one, hidden));
  const isForgotten = (one: ConsumerFacts): boolean =>
    ids.has(one.id.toLowerCase()) ||
    isGivenUp(one.id) ||
    listed.some(isMoved(one)) ||
    isLongMissed(one.id, consumers?.missed ?? {}, listedAt);
  const missed = outOfSight.filter((one) => !isForgotten(one)).map(missing);
  const kept = outOfSight.filter(({ id: its }) => !isGivenUp(its));
  const seen = [...listed, ...(isComplete ? missed : kept)];
  const pinned = listed
    .map((one) => one.id.toLowerCase())
    .filter((one) => pinsRead.has(one) && !isOfLate(consumers?.pinsReadAt?.[one], listedAt));
  if (areSame(before, seen) && pinned.length === 0) return;
  const change: ConsumerChange = (known, at) => {
    const isNews = isComplete && at < listedAt;
    if (isNews) return [...listed, ...without(known, [...listed, ...before]), ...missed];
    const others = without(known, listed).filter(({ id: its }) => !isGivenUp(its));
    return [...listed, ...others.map((one) => unseen(one, hidden))];
  };
  const pinsReadAt = Object.fromEntries(pinned.map((one) => [one, listedAt]));
  await sources.store.consumerIndex.change(id, change, { pinsReadAt });
};

/**
 * Adds one consumer, as just read, to each key that it uses, so that every later look includes it. Where no consumer of
 * a key is recorded, none is added: the next look then lists all scopes. A single recorded consumer would prevent that
 * list, and would hide the others.
 */
export const addUses = async (sources: Sources, uses: readonly ConsumerFacts[]): Promise<void> => {
  for (const [id, ofKey] of Map.groupBy(uses.map(keptBy(sources)), ({ pinned }) => keyId(pinned.key)))
    await sources.store.consumerIndex.change(id, (known) =>
      known.length === 0 ? undefined : [...without(known, ofKey), ...ofKey],
    );
};
