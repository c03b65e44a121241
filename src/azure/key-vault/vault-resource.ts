import type { Vault } from '@azure/arm-keyvault';
import { apiVersion } from '../../remediation/model/api-versions.ts';
import type { VaultFacts } from '../../remediation/model/facts.ts';
import type { Connection } from '../connection/connection.ts';
import { type FactInGroup, readInGroup } from '../failure/missing-group.ts';
import { hostOf, vaultFacts } from './vault-facts.ts';

export const VAULT_API = apiVersion('Microsoft.KeyVault/vaults');

export type NetworkAcls = {
  readonly bypass?: string;
  readonly defaultAction?: string;
  readonly ipRules?: readonly { readonly value: string }[];
  readonly virtualNetworkRules?: readonly {
    readonly id: string;
    readonly ignoreMissingVnetServiceEndpoint?: boolean;
  }[];
};

/**
 * A vault with its firewall in Azure's own form, including members that the product does not know: writing it back must
 * not lose any.
 */
export type VaultResource = { readonly facts: VaultFacts; readonly host: string; readonly networkAcls?: NetworkAcls };

/** One vault as it is now, by its ARM id: one call. */
export const readVaultResource = ({ arm }: Connection, vaultId: string): Promise<FactInGroup<VaultResource>> =>
  readInGroup({ what: `vault ${vaultId}`, scope: vaultId }, async () => {
    const vault = (await (await arm()).get(vaultId, VAULT_API)) as Vault;
    const { networkAcls } = vault.properties;
    return {
      facts: vaultFacts(vault),
      host: hostOf(vault),
      ...(networkAcls ? { networkAcls: networkAcls as NetworkAcls } : {}),
    };
  });
