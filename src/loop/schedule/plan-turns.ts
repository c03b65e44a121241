import { type KeyRef, keyId, keyOf, vaultName } from '../../remediation/model/key-ref.ts';
import { parseResourceId } from '../../remediation/model/resource-id.ts';
import { HIGHEST_COST } from '../../remediation/observation/read-cost.ts';
import type { Guardian } from '../guardian.ts';
import type { Part, ProbeRange, Turns } from '../messages.ts';
import { KEYS_SPARED_AT_ONCE, type Load, listedTurnsOf, type Pace, turnsOf } from './turns.ts';

/**
 * The subscription of each vault, by host. Vaults that are not found, or that Azure does not answer for now,
 * count as one subscription: that is slower, and safe.
 */
const subscriptionsOf = async ({ azure }: Guardian, keys: readonly KeyRef[]): Promise<ReadonlyMap<string, string>> => {
  const hosts = [...new Set(keys.map(({ host }) => host))];
  const ids = await azure.locateVaultsAtOnce(hosts);
  return new Map([...ids].map(([host, id]) => [host, parseResourceId(id)?.subscriptionId ?? '']));
};

type UsedLoad = Load & { readonly key: KeyRef };

/** The keys with a known consumer, with the cost of reading each. */
const loadsOf = async (guardian: Guardian): Promise<readonly UsedLoad[]> => {
  const used: { readonly key: KeyRef; readonly row: string; readonly cost: number }[] = [];
  for await (const { keyId: id, row, cost = HIGHEST_COST } of guardian.store.keyRows.listUsed())
    used.push({ key: keyOf(id), row, cost });
  const subscriptions = await subscriptionsOf(
    guardian,
    used.map(({ key }) => key),
  );
  return used.map((one) => ({
    ...one,
    vault: vaultName(one.key),
    subscription: subscriptions.get(one.key.host) ?? '',
  }));
};

/** The times at which to read the versions of the keys with a known consumer. */
export const planTurns = async (guardian: Guardian, pace: Pace): Promise<Turns> =>
  turnsOf(await loadsOf(guardian), pace);

/**
 * The times at which to look at the keys with a known consumer: by lists of the vaults where this process expects the
 * lists to take fewer calls, else as `planTurns`. Where lists are allowed, any plan may be by lists or not, by what the
 * process knows that makes it. So each looks at the keys as soon as the quotas let it: a key at the beginning of one
 * period and at the end of the next one would have gone unseen for two.
 */
const turnsByLists = async (
  guardian: Guardian,
  pace: Pace,
  whose: 'probe' | 'sweep',
): Promise<Turns<Part & { readonly by?: 'lists' }>> => {
  const loads = await loadsOf(guardian);
  const foreseen = await guardian.azure.foreseeLists(
    loads.map(({ key }) => key),
    whose,
  );
  if (foreseen === undefined) return turnsOf(loads, pace);
  const { calls, listed } = foreseen;
  const ids = new Set(listed.map(keyId));
  const read = loads.filter(({ key }) => !ids.has(keyId(key)));
  const atOnce = whose === 'probe' ? { keysAtOnce: KEYS_SPARED_AT_ONCE } : {};
  const planned = listed.length === 0 ? undefined : listedTurnsOf({ loads, read, calls, ...atOnce }, pace.share);
  if (planned === undefined) return turnsOf(loads, { ...pace, periodMs: 0 });
  const byLists = (range: Part) => ({ ...range, by: 'lists' as const });
  return { ...planned, turns: planned.turns.map((turn) => ({ ...turn, ranges: turn.ranges.map(byLists) })) };
};

/** Keys that no list saves from a read, and whose read would come after the period, are left to the next probe. */
export const planLooks = async (guardian: Guardian, pace: Pace): Promise<Turns<ProbeRange>> => {
  const planned = await turnsByLists(guardian, pace, 'probe');
  const until = new Date(Date.now() + pace.periodMs).toISOString();
  const inTime = (range: Part & { readonly by?: 'lists' }): ProbeRange =>
    range.by === 'lists' ? { ...range, until } : range;
  return { ...planned, turns: planned.turns.map((turn) => ({ ...turn, ranges: turn.ranges.map(inTime) })) };
};

/** The same for a sweep, which uses the lists of the last probe. */
export const planSweep = (guardian: Guardian, pace: Pace): Promise<Turns<Part & { readonly by?: 'lists' }>> =>
  turnsByLists(guardian, pace, 'sweep');
