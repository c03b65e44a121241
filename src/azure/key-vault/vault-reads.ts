import type { VaultFacts } from '../../remediation/facts.ts';
import type { Connection } from '../connection.ts';
import { placeOf } from '../resource-id.ts';
import { outermost, type Scope } from '../scope.ts';
import type { ManagementClients } from './management-clients.ts';
import { hostOf, vaultFacts } from './vault-facts.ts';

/** A vault with the host of its data plane. */
export type HostedVault = { readonly host: string; readonly facts: VaultFacts };

/** Microsoft.KeyVault/vaults 2026-02-01. A list shows as much of a vault as a GET. Both throw what Azure refuses. */
export type VaultReads = {
  get(vaultId: string): Promise<HostedVault>;
  /** All vaults of the scopes: one call per scope and page. */
  list(): Promise<readonly HostedVault[]>;
};

export const openVaultReads = ({ scopes }: Connection, clients: ManagementClients): VaultReads => {
  const listScope = async ({ subscriptionId, resourceGroup }: Scope): Promise<readonly HostedVault[]> => {
    const { vaults } = await clients(subscriptionId);
    const listed: HostedVault[] = [];
    const all = resourceGroup ? vaults.listByResourceGroup(resourceGroup) : vaults.listBySubscription();
    for await (const vault of all) listed.push({ host: hostOf(vault), facts: vaultFacts(vault) });
    return listed;
  };
  return {
    get: async (vaultId) => {
      const { subscriptionId, resourceGroup, name } = placeOf(vaultId);
      const vault = await (await clients(subscriptionId)).vaults.get(resourceGroup, name);
      return { host: hostOf(vault), facts: vaultFacts(vault) };
    },
    list: async () => (await Promise.all(outermost(scopes).map(listScope))).flat(),
  };
};
