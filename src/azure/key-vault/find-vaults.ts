import { present, unknown, type VaultFacts } from '../../remediation/model/facts.ts';
import { liesIn, outermost } from '../connection/scope.ts';
import { AzureUnavailable, orUnavailable } from '../failure/azure-unavailable.ts';
import { type FactInGroup, readInGroup } from '../failure/missing-group.ts';
import { forget, keep, type SeenVaults } from './seen-vaults.ts';
import { type MissingVault, nameOfHost } from './vault-loss.ts';
import type { ScopeList } from './vault-reads.ts';

/** A vault, or the error where Azure does not answer for it now: only the callers that ask for that vault get the error. */
export type FoundVault = FactInGroup<VaultFacts> | AzureUnavailable;

export type FoundVaults = ReadonlyMap<string, FoundVault>;

/** Throws where Azure did not answer for this vault. */
export const orThrown = (vault: FoundVault): FactInGroup<VaultFacts> => {
  if (vault instanceof AzureUnavailable) throw vault;
  return vault;
};

/**
 * One fact for each vault, with the fewest calls. Where Azure does not answer for one vault, the facts about the others
 * are there. `isListed`: lists were read, so that a vault which is absent is in none of the scopes, whatever its id.
 */
export const findVaults = async (
  seen: SeenVaults,
  wanted: readonly MissingVault[],
): Promise<{ readonly found: FoundVaults; readonly isListed: boolean }> => {
  const ids = wanted.flatMap(({ host, vaultId }) => (vaultId === undefined ? [] : [{ host, vaultId }]));
  if (seen.isListedAnyway || wanted.length > outermost(seen.scopes()).length || ids.length < wanted.length) {
    return { found: await listVaults(seen, wanted), isListed: true };
  }
  const gotten = ids.map(
    async ({ host, vaultId }) => [host, await getVault(seen, host, vaultId).catch(orUnavailable)] as const,
  );
  return { found: new Map(await Promise.all(gotten)), isListed: false };
};

const getVault = async (seen: SeenVaults, host: string, vaultId: string): Promise<FactInGroup<VaultFacts>> => {
  const name = nameOfHost(host);
  const fact = await readInGroup({ what: `vault ${name}`, vaultName: name, scope: vaultId }, () =>
    seen.reads.get(vaultId),
  );
  if (fact.kind === 'absent') return forget(seen, host);
  return fact.kind === 'present' ? present(keep(seen, fact.value)) : fact;
};

/** The lists that were not read. */
export const unreadIn = (lists: readonly ScopeList[]): readonly ScopeList[] =>
  lists.filter(({ vaults }) => vaults instanceof AzureUnavailable || vaults.kind !== 'present');

/**
 * An unread scope that may hold the vault. A vault whose known id is in a scope that was read is in no other scope,
 * unless the vault was moved, which changes its id.
 */
const unreadFor = (lists: readonly ScopeList[], vaultId: string | undefined): ScopeList | undefined => {
  const unread = unreadIn(lists);
  if (vaultId === undefined) return unread[0];
  const isElsewhere = lists.some((one) => !unread.includes(one) && liesIn(vaultId, one.scope));
  return isElsewhere ? undefined : (unread.find(({ scope }) => liesIn(vaultId, scope)) ?? unread[0]);
};

/** The vaults with these hosts in all the scopes: one call per scope and page. */
export const listVaults = async (seen: SeenVaults, wanted: readonly MissingVault[]): Promise<FoundVaults> => {
  const lists = await seen.reads.list();
  const listed = lists.flatMap(({ vaults }) =>
    vaults instanceof AzureUnavailable || vaults.kind !== 'present' ? [] : vaults.value,
  );
  const found = new Map(listed.flatMap((one) => ('strange' in one ? [] : [[one.host, keep(seen, one)] as const])));
  const strange = listed.filter((one) => 'strange' in one);
  const factOf = ({ host, vaultId }: MissingVault): FoundVault => {
    const facts = found.get(host);
    if (facts) return present(facts);
    const one = strange.find(({ name }) => name === undefined || name === nameOfHost(host));
    if (one) return unknown(one.strange);
    const unread = unreadFor(lists, vaultId)?.vaults;
    if (unread instanceof AzureUnavailable) return unread;
    return unread === undefined || unread.kind === 'present' ? forget(seen, host) : unread;
  };
  return new Map(wanted.map((one) => [one.host, factOf(one)]));
};
