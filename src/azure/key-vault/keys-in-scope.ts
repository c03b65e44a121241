import { absent, type Fact, type KeyVersionFacts, present, unknown } from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';
import type { Connection } from '../connection/connection.ts';
import { AzureUnavailable, orUnavailable } from '../failure/azure-unavailable.ts';
import type { KeyVersions } from './key-versions.ts';
import type { Vaults } from './vault-directory.ts';
import { isOutOfScope, vaultIdIn } from './vault-loss.ts';

/** Where keys and their vaults are, and one version of a key, as `Azure` describes it. */
export type KeysInScope = {
  keyInVault(vaultId: string, keyName: string): Promise<Fact<KeyRef>>;
  vaultsAt(place: string, hosts: readonly string[]): Promise<readonly string[]>;
  isInScope(key: KeyRef): Promise<Fact<true>>;
  readKeyVersion(key: KeyRef, version?: string): Promise<Fact<KeyVersionFacts>>;
};

/**
 * ARM ids of vaults by host, for planning, which waits for nobody: a vault that Azure does not answer for is left out.
 */
export const locateAtOnce = async (
  vaults: Pick<Vaults, 'whereabouts'>,
  hosts: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const located = await vaults.whereabouts(hosts);
  const ids = await Promise.all(
    hosts.map(async (host) => {
      const reading = await located(host).catch(orUnavailable);
      return [host, reading instanceof AzureUnavailable ? undefined : vaultIdIn(reading)] as const;
    }),
  );
  return new Map(ids.flatMap(([host, id]) => (id === undefined ? [] : [[host, id]])));
};

export const openKeysInScope = (
  connection: Pick<Connection, 'scopes'>,
  vaults: Vaults,
  keyVersions: Pick<KeyVersions, 'current' | 'observe'>,
): KeysInScope => ({
  keyInVault: async (vaultId, keyName) => {
    const host = await vaults.hostOf(vaultId);
    return host.kind === 'present' ? present({ host: host.value, name: keyName.toLowerCase() }) : host;
  },
  vaultsAt: vaults.vaultsAt,
  isInScope: async (key) => {
    const { vault, vaultLoss } = await (await vaults.locate([key.host]))(key.host);
    const [unread] = connection.scopes().unread;
    // The vault may be below a management group whose subscriptions are not known yet.
    if (vault.kind === 'unknown' && isOutOfScope(key.host, vault)) return unread ? unknown(unread.reason) : absent;
    if (vault.kind === 'unknown') return vault;
    return vault.kind === 'present' || vaultLoss !== undefined ? present(true) : vault;
  },
  readKeyVersion: async (key, version) => {
    const vault = await vaults.readOne(key.host);
    if (vault.kind !== 'present') return vault;
    const of = { key, vault: vault.value };
    return version === undefined ? keyVersions.current(of) : keyVersions.observe({ ...of, version });
  },
});
