import type { Guardian } from '../loop/guardian.ts';
import { coveredOf } from '../loop/wake/covered.ts';
import { named, type OverrideTarget } from '../remediation/model/override-target.ts';
import { isReached } from '../remediation/model/reach.ts';
import { inScope } from '../remediation/model/resource-id.ts';

/** The most keys and consumers that are named in an answer. */
const SHOWN = 200;

/**
 * Whether a target is in the scopes, or contains one. For a url the domain decides: only Azure knows where that vault is, or will
 * be. Below a management group anything may come to lie that is not excluded, and an override for that is taken beforehand: it
 * only stops.
 */
export const isInReach = ({ id, kind }: OverrideTarget, { reach, vaultDomain }: Guardian['settings']): boolean => {
  if (id.startsWith('https:')) return new URL(id).hostname.endsWith(`.${vaultDomain}`);
  const isAround = kind === 'subscription' || kind === 'resourceGroup';
  const { scopes, excluded, managementGroups } = reach();
  if (inScope(id, excluded)) return false;
  if (managementGroups.length > 0 || isReached(id, { scopes, excluded })) return true;
  return isAround && scopes.some((scope) => inScope(scope, [id]));
};

/** The keys and consumers that an override for this target covers now, as they were last seen. */
export const reachOf = async ({ store }: Pick<Guardian, 'store'>, target: OverrideTarget) => {
  const meant = named(target.id);
  const states = await Array.fromAsync(store.keyRows.list());
  const covered = states.flatMap((state) => coveredOf(state, meant) ?? []);
  const keys = covered.map(({ keyId }) => keyId);
  const consumers = [...new Set(covered.flatMap(({ consumerIds }) => consumerIds))];
  const covers = {
    keys: keys.slice(0, SHOWN),
    consumers: consumers.slice(0, SHOWN),
    keyCount: keys.length,
    consumerCount: consumers.length,
  };
  const warning = `Nothing that was seen so far is ${target.id} or lies in it. The override is kept and counts once something is; compare it with GET /api/reconciliations if it was to match something now.`;
  return { covers, ...(keys.length === 0 && { warning }) };
};
