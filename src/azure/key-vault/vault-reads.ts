import type { DeletedVault as DeletedVaultItem } from '@azure/arm-keyvault';
import type { Fact, VaultFacts, VaultLoss } from '../../remediation/model/facts.ts';
import { formatResourceId, placeOf } from '../../remediation/model/resource-id.ts';
import type { Connection } from '../connection/connection.ts';
import { outermost, type Scope } from '../connection/scope.ts';
import { readFact } from '../failure/read-fact.ts';
import type { ManagementClients } from './management-clients.ts';
import { hostOf, vaultFacts } from './vault-facts.ts';

/** A vault with the host of its data plane. */
export type HostedVault = { readonly host: string; readonly facts: VaultFacts };

/** A deleted vault under the name that it keeps. */
export type DeletedVault = Extract<VaultLoss, { kind: 'deleted' }> & { readonly name: string };

/** Microsoft.KeyVault/vaults. A list shows as much of a vault as a GET. */
export type VaultReads = {
  /** Throws what Azure refuses, as `list` does. */
  get(vaultId: string): Promise<HostedVault>;
  /** All vaults of the scopes: one call per scope and page. */
  list(): Promise<readonly HostedVault[]>;
  /** What was deleted and not yet purged in one subscription: one call per page. */
  listDeletedIn(subscriptionId: string): Promise<Fact<readonly DeletedVault[]>>;
  /** The same for each subscription of the scopes: one call each, and page. */
  listDeleted(): Promise<readonly Fact<readonly DeletedVault[]>[]>;
};

const deletedVault = ({ name = '', properties = {} }: DeletedVaultItem): DeletedVault => ({
  kind: 'deleted',
  name: name.toLowerCase(),
  vaultId: properties.vaultId ?? '',
  location: properties.location ?? '',
  deletedOn: properties.deletionDate?.toISOString() ?? '',
  recoverableUntil: properties.scheduledPurgeDate?.toISOString() ?? '',
  tags: properties.tags ?? {},
});

export const openVaultReads = ({ scopes }: Connection, clients: ManagementClients): VaultReads => {
  const listScope = async ({ subscriptionId, resourceGroup }: Scope): Promise<readonly HostedVault[]> => {
    const { vaults } = await clients(subscriptionId);
    const listed: HostedVault[] = [];
    const all = resourceGroup ? vaults.listByResourceGroup(resourceGroup) : vaults.listBySubscription();
    for await (const vault of all) listed.push({ host: hostOf(vault), facts: vaultFacts(vault) });
    return listed;
  };
  const listDeletedIn = (subscriptionId: string): Promise<Fact<readonly DeletedVault[]>> => {
    const scope = formatResourceId({ subscriptionId });
    return readFact({ what: `the deleted vaults of ${scope}`, scope }, async () => {
      const { vaults } = await clients(subscriptionId);
      return (await Array.fromAsync(vaults.listDeleted())).map(deletedVault);
    });
  };
  return {
    get: async (vaultId) => {
      const { subscriptionId, resourceGroup, name } = placeOf(vaultId);
      const vault = await (await clients(subscriptionId)).vaults.get(resourceGroup, name);
      return { host: hostOf(vault), facts: vaultFacts(vault) };
    },
    list: async () => (await Promise.all(outermost(scopes).map(listScope))).flat(),
    listDeletedIn,
    listDeleted: () => Promise.all([...new Set(scopes.map(({ subscriptionId }) => subscriptionId))].map(listDeletedIn)),
  };
};
