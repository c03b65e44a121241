import { type Vault, vaultUri, writtenAccess } from './vault.ts';

export const VAULT_TYPE = 'Microsoft.KeyVault/vaults';

/**
 * A vault as ARM shows it; `connections` are its private endpoint connections. `enablePurgeProtection` is true or absent, never
 * false (vaults, 2026-02-01).
 */
export const vaultBody = (vault: Vault, connections: readonly unknown[] = []) => {
  const { policies, rbac } = writtenAccess(vault);
  return {
    id: vault.id,
    name: vault.name,
    type: VAULT_TYPE,
    location: vault.location,
    systemData: { createdAt: new Date(vault.createdAt).toISOString() },
    tags: vault.tags,
    properties: {
      sku: vault.sku,
      tenantId: vault.tenantId,
      accessPolicies: policies,
      enabledForDeployment: vault.enabledFor.deployment,
      enabledForDiskEncryption: vault.enabledFor.diskEncryption,
      enabledForTemplateDeployment: vault.enabledFor.templateDeployment,
      enableSoftDelete: vault.softDelete,
      ...(vault.softDelete ? { softDeleteRetentionInDays: vault.softDeleteRetention } : {}),
      enableRbacAuthorization: rbac,
      ...(vault.purgeProtection ? { enablePurgeProtection: true } : {}),
      ...(vault.networkAcls ? { networkAcls: vault.networkAcls } : {}),
      ...(connections.length > 0 ? { privateEndpointConnections: connections } : {}),
      publicNetworkAccess: vault.publicNetworkAccess,
      vaultUri: vaultUri(vault),
      provisioningState: vault.provisioningState,
    },
  };
};
