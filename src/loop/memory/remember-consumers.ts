import type { Unreadable } from '../../azure/consumers/consumer-type.ts';
import { canonicalJson, type Json } from '../../remediation/model/canonical.ts';
import { absent, type ConsumerFacts, type KeyObservation, unknown } from '../../remediation/model/facts.ts';
import { keyId } from '../../remediation/model/key-ref.ts';
import { within } from '../../remediation/model/resource-id.ts';
import { isLongMissed, isMoved } from '../../remediation/observation/believed-absence.ts';
import type { ConsumerChange } from '../../store/consumer-index.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';

/** One resource may use a key in several versions: only its id, its use and how it names the key tell its entries apart. */
const nameOf = ({ id, use = 'active', pinned }: ConsumerFacts): string => `${id} ${use} ${pinned.kid}`;

type Sources = Pick<Guardian, 'store'> & {
  readonly settings?: {
    readonly policy?: Pick<Guardian['settings']['policy'], 'doNotHealTag'>;
    readonly ownerTag?: string;
  };
};

/** Fifty long tags may hang on each resource that a stranger makes: only those that are read are kept. */
const readTags = (tags: ConsumerFacts['tags'], { settings }: Sources): ConsumerFacts['tags'] => {
  const mark = settings?.policy?.doNotHealTag;
  if (mark === undefined) return tags;
  const read = [mark, settings?.ownerTag].map((name) => name?.toLowerCase());
  return Object.fromEntries(Object.entries(tags).filter(([name]) => read.includes(name.trim().toLowerCase())));
};

/** Whether another of its keys works is asked anew by every look that needs it, and its oldest restore point moves on. */
const keptBy =
  (sources: Sources) =>
  ({ otherKeyWorks: _works, existsSince: _since, ...facts }: ConsumerFacts): ConsumerFacts => ({
    ...facts,
    tags: readTags(facts.tags, sources),
  });

const inOrder = (consumers: readonly ConsumerFacts[]): string =>
  canonicalJson(consumers.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) as unknown as Json);

/** A resource is seen in all its uses of a key at once, so that its id alone says which entries are old. */
const without = (known: readonly ConsumerFacts[], others: readonly ConsumerFacts[]): readonly ConsumerFacts[] => {
  const ids = new Set(others.map(({ id }) => id.toLowerCase()));
  return known.filter(({ id }) => !ids.has(id.toLowerCase()));
};

/**
 * Keeps who uses a key, as it was just seen: where the next look begins, and what the probe reads. One that was added
 * since `state` was read was not looked for: it stays.
 */
export const rememberConsumers = async (
  sources: Sources,
  state: KeyState,
  { consumers, unsure = {} }: Pick<KeyObservation, 'consumers' | 'unsure'>,
): Promise<void> => {
  if (consumers.kind !== 'present') return;
  const isGone = ({ id, state: its }: ConsumerFacts): boolean => its.kind === 'absent' && !(id.toLowerCase() in unsure);
  const seen = consumers.value.filter((one) => !isGone(one)).map(keptBy(sources));
  const before = state.consumers?.consumers ?? [];
  if (inOrder(before) === inOrder(seen)) return;
  await sources.store.consumerIndex.change(state.keyId, (known) => [...seen, ...without(known, [...before, ...seen])]);
};

/**
 * What is hidden from us is as it was when it was last seen, but for its state: that it was well then is no health now. What Azure
 * only failed to answer for is looked at again before anybody is told.
 */
const unseen = (consumer: ConsumerFacts, hidden: readonly Unreadable[]): ConsumerFacts => {
  const by = hidden.find(({ id, unavailable }) => !unavailable && within(consumer.id, id));
  return by === undefined ? consumer : { ...consumer, state: unknown(by.reason) };
};

/** What a complete list does not show is not gone yet: lists have lagged behind for hours. */
const missing = (consumer: ConsumerFacts): ConsumerFacts => ({ ...consumer, state: absent });

/**
 * A listing of all scopes. `listedAt` (ISO 8601): before it began. `pinsRead`: ARM ids, lower-cased, of those of which it was
 * read what they pin, and not supposed.
 */
export type Listing = {
  readonly isComplete: boolean;
  /** What Azure does not let us read now: scopes, or single consumers. */
  readonly hidden: readonly Unreadable[];
  /** ARM ids, lower-cased, of all that was read: one of another key has left this one. */
  readonly ids: ReadonlySet<string>;
  readonly listedAt: string;
  readonly pinsRead: ReadonlySet<string>;
};

/** So seldom is it kept anew that a consumer was read which pins what it pinned: a sweep every five minutes would write as often. */
const PIN_KEPT_MS = 3_600_000;

/** Whether it is kept that this was read shortly before. One that is to come is no time at which anything was read. */
const isOfLate = (readAt: string | undefined, listedAt: string): boolean => {
  const age = Date.parse(listedAt) - Date.parse(readAt ?? '');
  return age >= 0 && age < PIN_KEPT_MS;
};

/**
 * The same of a listing. What it lacks is missed only where it is complete, and nothing has been remembered of this key since
 * it began, and forgotten once it was missed for long enough.
 */
export const rememberListed = async (
  sources: Sources,
  { keyId: id, consumers }: Pick<KeyState, 'keyId' | 'consumers'>,
  all: readonly ConsumerFacts[],
  { hidden, ids, isComplete, listedAt, pinsRead }: Listing,
): Promise<void> => {
  const before = consumers?.consumers ?? [];
  const listed = all.map(keptBy(sources));
  const outOfSight = without(before, listed).map((one) => unseen(one, hidden));
  const isForgotten = (one: ConsumerFacts): boolean =>
    ids.has(one.id.toLowerCase()) ||
    listed.some(isMoved(one)) ||
    isLongMissed(one.id, consumers?.missed ?? {}, listedAt);
  const missed = outOfSight.filter((one) => !isForgotten(one)).map(missing);
  const seen = [...listed, ...(isComplete ? missed : outOfSight)];
  const pinned = listed
    .map((one) => one.id.toLowerCase())
    .filter((one) => pinsRead.has(one) && !isOfLate(consumers?.pinsReadAt?.[one], listedAt));
  if (inOrder(before) === inOrder(seen) && pinned.length === 0) return;
  const change: ConsumerChange = (known, at) => {
    const isNews = isComplete && at < listedAt;
    if (isNews) return [...listed, ...without(known, [...listed, ...before]), ...missed];
    return [...listed, ...without(known, listed).map((one) => unseen(one, hidden))];
  };
  await sources.store.consumerIndex.change(id, change, Object.fromEntries(pinned.map((one) => [one, listedAt])));
};

/**
 * Adds one consumer in all uses that it makes of keys, as it was just read, so that every look from now on includes it.
 * Where none is known, none is added: a look then lists the scopes and finds them all, and this one alone would hide the
 * others.
 */
export const addUses = async (sources: Sources, uses: readonly ConsumerFacts[]): Promise<void> => {
  for (const [id, ofKey] of Map.groupBy(uses.map(keptBy(sources)), ({ pinned }) => keyId(pinned.key)))
    await sources.store.consumerIndex.change(id, (known) =>
      known.length === 0 ? undefined : [...without(known, ofKey), ...ofKey],
    );
};
