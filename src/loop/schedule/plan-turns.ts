import { type KeyRef, keyOf, vaultName } from '../../remediation/model/key-ref.ts';
import { parseResourceId } from '../../remediation/model/resource-id.ts';
import type { Guardian } from '../guardian.ts';
import type { Turns } from '../messages.ts';
import { type Load, type Pace, turnsOf } from './turns.ts';

/** By host. Vaults that are not found, and all of them where Azure does not say, are taken to be of one: that is slower, and right. */
const subscriptionsOf = async ({ azure }: Guardian, keys: readonly KeyRef[]): Promise<ReadonlyMap<string, string>> => {
  const hosts = [...new Set(keys.map(({ host }) => host))];
  const ids = await azure.locateVaults(hosts).catch(() => new Map<string, string>());
  return new Map([...ids].map(([host, id]) => [host, parseResourceId(id)?.subscriptionId ?? '']));
};

/** When to read the versions that are in use, so far as they are known. */
export const planTurns = async (guardian: Guardian, pace: Pace): Promise<Turns> => {
  const used: { readonly key: KeyRef; readonly cost: number }[] = [];
  for await (const { keyId, cost } of guardian.store.keyRows.listUsed()) used.push({ key: keyOf(keyId), cost });
  const subscriptions = await subscriptionsOf(
    guardian,
    used.map(({ key }) => key),
  );
  const loadOf = ({ key, cost }: (typeof used)[number]): Load => ({
    vault: vaultName(key),
    subscription: subscriptions.get(key.host) ?? '',
    cost,
  });
  return turnsOf(used.map(loadOf), pace);
};
