import { canonicalJson, type Json } from '../../remediation/model/canonical.ts';
import type { ConsumerFacts } from '../../remediation/model/facts.ts';
import { keyId } from '../../remediation/model/key-ref.ts';
import type { ConsumerChange } from '../../store/consumer-index.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';

/** One resource may use a key in several versions: only its id, its use and how it names the key tell its entries apart. */
const nameOf = ({ id, use = 'active', pinned }: ConsumerFacts): string => `${id} ${use} ${pinned.kid}`;

/** Whether another of its keys works is asked anew by every look that needs it. */
const kept = ({ otherKeyWorks: _, ...facts }: ConsumerFacts): ConsumerFacts => facts;

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
  { store }: Pick<Guardian, 'store'>,
  state: KeyState,
  looked: readonly ConsumerFacts[],
): Promise<void> => {
  const seen = looked.map(kept);
  const before = state.consumers?.consumers ?? [];
  if (inOrder(before) === inOrder(seen)) return;
  await store.consumerIndex.change(state.keyId, (known) => [...seen, ...without(known, [...before, ...seen])]);
};

/**
 * A listing of all scopes. `listedAt` (ISO 8601): before it began. `pinsRead`: ARM ids, lower-cased, of those of which it was
 * read what they pin, and not supposed.
 */
export type Listing = {
  readonly isComplete: boolean;
  readonly listedAt: string;
  readonly pinsRead: ReadonlySet<string>;
};

/**
 * The same of a listing. What it lacks is gone only where it is complete, and nothing has been remembered of this key since
 * it began.
 */
export const rememberListed = async (
  { store }: Pick<Guardian, 'store'>,
  { keyId: id, consumers }: Pick<KeyState, 'keyId' | 'consumers'>,
  listed: readonly ConsumerFacts[],
  { isComplete, listedAt, pinsRead }: Listing,
): Promise<void> => {
  const before = consumers?.consumers ?? [];
  const seen = isComplete ? listed : [...listed, ...without(before, listed)];
  const pinned = listed.map((one) => one.id.toLowerCase()).filter((one) => pinsRead.has(one));
  if (inOrder(before) === inOrder(seen) && pinned.length === 0) return;
  const change: ConsumerChange = (known, at) => {
    const gone = isComplete && at < listedAt ? before : [];
    return [...listed, ...without(known, [...listed, ...gone])];
  };
  await store.consumerIndex.change(id, change, Object.fromEntries(pinned.map((one) => [one, listedAt])));
};

/**
 * Adds one consumer in all uses that it makes of keys, as it was just read, so that every look from now on includes it.
 * Where none is known, none is added: a look then lists the scopes and finds them all, and this one alone would hide the
 * others.
 */
export const addUses = async ({ store }: Pick<Guardian, 'store'>, uses: readonly ConsumerFacts[]): Promise<void> => {
  for (const [id, ofKey] of Map.groupBy(uses, ({ pinned }) => keyId(pinned.key)))
    await store.consumerIndex.change(id, (known) =>
      known.length === 0 ? undefined : [...without(known, ofKey), ...ofKey],
    );
};
