import { isDeepStrictEqual } from 'node:util';
import { AzureError } from '../arm/error.ts';
import { resourceId, sameId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';
import { mergePolicies, type PolicyOperation } from './access-policies.ts';
import { type AccessPolicy, type Vault, writtenAccess } from './vault.ts';
import { purgesOf } from './vault-deletion.ts';
import {
  checkIrreversible,
  checkName,
  checkProperties,
  type VaultProperties,
  type VaultSpec,
} from './vault-properties.ts';

const tell = (world: World, vault: Vault, kind: string, data: Record<string, unknown> = {}) =>
  world.changed({ kind, resourceId: vault.id, at: world.clock.now(), data: { vault: vault.name, ...data } });

/** Writes policies or permission model; they decide only after the propagation delay. */
const writeAccess = (world: World, vault: Vault, policies: AccessPolicy[], rbac: boolean | null) => {
  const before = writtenAccess(vault);
  if (rbac === before.rbac && isDeepStrictEqual(policies, before.policies)) return;
  const now = world.clock.now();
  const past = vault.access.findLastIndex(({ from }) => from <= now);
  const written = { from: now + world.switches.propagationSeconds * 1000, policies, rbac };
  vault.access = [...vault.access.slice(Math.max(past, 0)), written];
  tell(world, vault, 'accessPolicyChanged');
};

const assignProperties = (vault: Vault, properties: VaultProperties) => {
  const { tenantId, sku, tags, networkAcls, publicNetworkAccess, enabledFor, softDelete, purgeProtection } = properties;
  if (tenantId !== undefined) vault.tenantId = tenantId;
  if (sku) vault.sku = sku;
  if (tags) vault.tags = { ...tags };
  if (networkAcls) vault.networkAcls = networkAcls;
  if (publicNetworkAccess !== undefined) vault.publicNetworkAccess = publicNetworkAccess;
  if (enabledFor) vault.enabledFor = { ...vault.enabledFor, ...enabledFor };
  if (softDelete) vault.softDelete = true;
  if (purgeProtection) vault.purgeProtection = true;
};

/** PATCH: changes only the given properties; a given list of access policies replaces the whole list. */
export const updateVault = (world: World, vault: Vault, properties: VaultProperties): Vault => {
  checkProperties(properties);
  checkIrreversible(vault, properties);
  assignProperties(vault, properties);
  const { policies, rbac } = writtenAccess(vault);
  writeAccess(
    world,
    vault,
    properties.accessPolicies ?? policies,
    properties.rbac === undefined ? rbac : properties.rbac,
  );
  tell(world, vault, 'resourceWritten');
  return vault;
};

/** A vault as a create leaves it: from 2026-02-01 on with RBAC unless the request says otherwise. */
const newVault = (world: World, spec: VaultSpec): Vault => {
  const now = world.clock.now();
  const { subscription, group, name } = spec;
  const rbac = spec.rbac === undefined ? true : spec.rbac;
  const vault: Vault = {
    id: resourceId({ subscription, group, type: 'Microsoft.KeyVault/vaults', name }),
    name,
    location: spec.location,
    tenantId: world.entra.tenantId,
    sku: { family: 'A', name: 'standard' },
    tags: {},
    access: [{ from: now, policies: spec.accessPolicies ?? [], rbac }],
    networkAcls: undefined,
    publicNetworkAccess: 'Enabled',
    softDelete: spec.softDelete ?? true,
    purgeProtection: false,
    softDeleteRetention: spec.softDeleteRetention ?? 90,
    enabledFor: { deployment: false, diskEncryption: false, templateDeployment: false },
    provisioningState: 'Succeeded',
    createdAt: now,
    keys: new Map(),
    versionsMade: purgesOf(world) * 1_001,
  };
  assignProperties(vault, spec);
  return vault;
};

const taken = (name: string) =>
  new AzureError(
    409,
    'VaultAlreadyExists',
    `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken. ` +
      'If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted ' +
      'but not purged after being placed in a recoverable state.',
  );

const stillDeleted = () =>
  new AzureError(
    409,
    'ConflictError',
    'A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. ' +
      'Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.',
  );

/**
 * A vault name is unique in the world, deleted vaults included; only the subscription of a deleted vault learns that it is
 * deleted.
 */
const checkOwner = (vault: Vault, { subscription, group, name }: VaultSpec) => {
  const id = resourceId({ subscription, group, type: 'Microsoft.KeyVault/vaults', name });
  if (!sameId(vault.id.split('/')[2] ?? '', subscription)) throw taken(name);
  if (vault.deletedAt !== undefined) throw stillDeleted();
  if (!sameId(id, vault.id)) throw taken(name);
};

/**
 * PUT: makes the vault, or replaces the properties of an existing one. A PUT without access policies removes them all (Key Vault,
 * troubleshooting access issues: "there's no incremental option"); an omitted permission model stays.
 */
export const putVault = (world: World, vaults: Map<string, Vault>, spec: VaultSpec): Vault => {
  checkName(spec.name);
  checkProperties(spec);
  const existing = vaults.get(spec.name.toLowerCase());
  if (existing) {
    checkOwner(existing, spec);
    const { tags = {}, accessPolicies = [] } = spec;
    return updateVault(world, existing, { ...spec, tags, accessPolicies });
  }
  const vault = newVault(world, spec);
  vaults.set(spec.name.toLowerCase(), vault);
  tell(world, vault, 'resourceWritten');
  return vault;
};

/** `accessPolicies/add`, `replace` and `remove`. */
export const changePolicies = (
  world: World,
  vault: Vault,
  operation: PolicyOperation,
  changes: AccessPolicy[],
): Vault => {
  const { policies, rbac } = writtenAccess(vault);
  const merged = mergePolicies(policies, operation, changes);
  checkProperties({ accessPolicies: merged });
  writeAccess(world, vault, merged, rbac);
  tell(world, vault, 'resourceWritten', { path: `accessPolicies/${operation}` });
  return vault;
};
