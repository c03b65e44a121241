import { keyOf } from '../../remediation/model/key-ref.ts';
import { subscriptionOf } from '../../remediation/model/resource-id.ts';
import { heldNow } from '../../remediation/policy/held-now.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';
import { FEW, readEach } from './read-each.ts';

/** Every key in storage, with its consumers. One call to storage for each 1,000 rows. */
export const readSeen = async ({ store }: Pick<Guardian, 'store'>) => {
  const seen: Pick<KeyState, 'keyId' | 'consumers'>[] = [];
  for await (const { keyId: id, consumers } of store.keyRows.listConsumers()) seen.push({ keyId: id, consumers });
  return seen;
};

/** Only the keys that a consumer uses. */
export const inUse = (seen: Awaited<ReturnType<typeof readSeen>>) =>
  seen.filter(({ consumers }) => Boolean(consumers?.consumers.length));

const countBy = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]).toSorted());

/** The last verdict of every key, by kind. */
const kindsOf = async ({ store }: Pick<Guardian, 'store'>): Promise<ReadonlyMap<string, string>> => {
  const kinds = new Map<string, string>();
  let isOld = false;
  for await (const { keyId, kind, isFailing } of store.keyRows.listVerdictKinds()) {
    if (kind !== undefined) kinds.set(keyId, kind);
    else isOld = isOld || !isFailing;
  }
  if (!isOld) return kinds;
  // Rows of verdicts by an earlier version do not hold their kind in a column.
  for await (const { keyId, verdict } of store.keyRows.listSaid()) if (verdict) kinds.set(keyId, verdict.decision.kind);
  return kinds;
};

const saidOf = async ({ store }: Pick<Guardian, 'store'>, keyIds: readonly string[]) => {
  if (keyIds.length <= FEW) return readEach({ store }, keyIds);
  const meant = new Set(keyIds);
  return (await Array.fromAsync(store.keyRows.listSaid())).filter(({ keyId }) => meant.has(keyId));
};

/** The same with the overrides that people have set since: then the question is over. One call more where a key asks. */
const verdictsOf = async (guardian: Pick<Guardian, 'store'>): Promise<ReadonlyMap<string, string>> => {
  const kinds = await kindsOf(guardian);
  const asking = [...kinds].flatMap(([keyId, kind]) => (kind === 'ask' ? [keyId] : []));
  if (asking.length === 0) return kinds;
  const now = new Date();
  const overrides = await guardian.store.records.inForce(now.toISOString());
  if (!overrides.paused && !overrides.pausedScopes && overrides.doNotHeal.length === 0) return kinds;
  const held = (await saidOf(guardian, asking)).flatMap(({ keyId, verdict }) =>
    verdict ? [[keyId, heldNow(verdict.decision, overrides, now).kind] as const] : [],
  );
  return new Map([...kinds, ...held]);
};

type Seen = Awaited<ReturnType<typeof readSeen>>;

const estateOf = (used: Seen) => {
  const consumers = new Map(
    used.flatMap(({ consumers: known }) => (known?.consumers ?? []).map(({ id, kind }) => [id.toLowerCase(), kind])),
  );
  return {
    consumers: consumers.size,
    consumersByKind: countBy([...consumers.values()]),
    keys: used.length,
    vaults: new Set(used.map(({ keyId }) => keyOf(keyId).host)).size,
    subscriptions: new Set([...consumers.keys()].map(subscriptionOf)).size,
  };
};

const verdictsIn = (used: Seen, kinds: ReadonlyMap<string, string>) => {
  const count = (kind: string | undefined): number => used.filter(({ keyId }) => kinds.get(keyId) === kind).length;
  return {
    healthy: count('healthy'),
    repairing: count('run'),
    asked: count('ask'),
    reported: count('report'),
    unseen: count('unseen'),
    notYetAssessed: count(undefined),
  };
};

/**
 * The figures of the estate: how many keys and consumers are guarded, and how the keys are. Two calls to storage, and
 * one more per 1,000 rows.
 */
export const countEstate = async (guardian: Pick<Guardian, 'store'>) => {
  const [seen, kinds] = await Promise.all([readSeen(guardian), verdictsOf(guardian)]);
  const used = inUse(seen);
  return { ...estateOf(used), verdicts: verdictsIn(used, kinds) };
};
