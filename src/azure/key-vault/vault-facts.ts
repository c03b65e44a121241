import type { AccessPolicyEntry, Vault, VaultProperties } from '@azure/arm-keyvault';
import type { AccessPolicy, VaultFacts } from '../../remediation/model/facts.ts';
import { birthIn } from '../connection/system-data.ts';

/** Host of a vault's data plane, lower-cased, from ARM's `vaultUri`: never from a payload. */
export const hostOf = ({ properties }: Vault): string =>
  properties.vaultUri ? new URL(properties.vaultUri).host.toLowerCase() : '';

/** A rule that the vault leaves out allows everything: every network, and trusted services (Key Vault, network security). */
const networkRules = ({ networkAcls, publicNetworkAccess }: VaultProperties): VaultFacts['network'] => ({
  publicNetworkAccess: publicNetworkAccess ?? 'Enabled',
  defaultAction: networkAcls?.defaultAction ?? 'Allow',
  bypass: networkAcls?.bypass ?? 'AzureServices',
  ipRules: (networkAcls?.ipRules ?? []).map(({ value }) => value).sort(),
  virtualNetworkRules: (networkAcls?.virtualNetworkRules ?? []).map(({ id }) => id.toLowerCase()).sort(),
});

/** Soft delete is on where the vault leaves it out; purge protection is off where it is null or false. */
const softDelete = (properties: VaultProperties): VaultFacts['softDelete'] => ({
  enabled: properties.enableSoftDelete !== false,
  ...(properties.softDeleteRetentionInDays === undefined
    ? {}
    : { retentionDays: properties.softDeleteRetentionInDays }),
  purgeProtection: properties.enablePurgeProtection === true,
});

const accessPolicy = ({ applicationId, objectId, permissions, tenantId }: AccessPolicyEntry): AccessPolicy => {
  const { keys = [], secrets = [], certificates = [], storage = [] } = permissions;
  const others = Object.entries({ secrets, certificates, storage }).flatMap(([of, names]) =>
    names.map((name) => `${of} ${name.toLowerCase()}`),
  );
  return {
    tenantId,
    objectId: objectId.toLowerCase(),
    ...(applicationId ? { applicationId } : {}),
    keys: keys.map((permission) => permission.toLowerCase()),
    ...(others.length > 0 && { others }),
  };
};

/**
 * A vault as the control plane shows it. `networkAcls` may be missing: then every network is allowed, and trusted
 * services pass.
 */
export const vaultFacts = (vault: Vault): VaultFacts => {
  const { accessPolicies, enableRbacAuthorization, tenantId, vaultUri } = vault.properties;
  return {
    id: vault.id ?? '',
    ...birthIn(vault.systemData),
    name: vault.name ?? '',
    uri: vaultUri ?? '',
    location: vault.location ?? '',
    tenantId,
    permissionModel: enableRbacAuthorization === true ? 'rbac' : 'accessPolicies',
    network: networkRules(vault.properties),
    // Azure may show `null` for an empty list, for example with roles.
    accessPolicies: (accessPolicies ?? []).map(accessPolicy),
    softDelete: softDelete(vault.properties),
    privateEndpoints: vault.properties.privateEndpointConnections?.length ?? 0,
    provisioningState: vault.properties.provisioningState ?? 'Succeeded',
    tags: vault.tags ?? {},
  };
};

/** `RegisteringDns` is the only other state that Key Vault documents (VaultProvisioningState). */
export const isBeingRecovered = ({ provisioningState }: VaultFacts): boolean =>
  provisioningState.toLowerCase() === 'registeringdns';
