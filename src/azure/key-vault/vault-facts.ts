import type { Vault } from '@azure/arm-keyvault';
import type { VaultFacts } from '../../remediation/facts.ts';

/** Host of a vault's data plane, lower-cased, from the `vaultUri` that ARM gives: never from a payload. */
export const hostOf = ({ properties }: Vault): string =>
  properties.vaultUri ? new URL(properties.vaultUri).host.toLowerCase() : '';

/**
 * A vault as the control plane 2026-02-01 shows it. `networkAcls` may be missing: then every network is allowed and
 * trusted services pass.
 */
export const vaultFacts = (vault: Vault): VaultFacts => {
  const { networkAcls, publicNetworkAccess, enableRbacAuthorization, tenantId, vaultUri } = vault.properties;
  return {
    id: vault.id ?? '',
    name: vault.name ?? '',
    uri: vaultUri ?? '',
    location: vault.location ?? '',
    tenantId,
    permissionModel: enableRbacAuthorization === true ? 'rbac' : 'accessPolicies',
    network: {
      publicNetworkAccess: publicNetworkAccess ?? 'Enabled',
      defaultAction: networkAcls?.defaultAction ?? 'Allow',
      bypass: networkAcls?.bypass ?? 'AzureServices',
    },
    tags: vault.tags ?? {},
  };
};
