import { AzureError } from '../arm/error.ts';
import type { World } from '../service.ts';
import { scheduledVaultPurge, type Vault, writtenAccess } from './vault.ts';

/** Virtual seconds from the recovery of a vault until it is provisioned; Azure gives no number. */
export const VAULT_RECOVERY_SECONDS = 30;

const tell = (world: World, vault: Vault, kind: string) =>
  world.changed({ kind, resourceId: vault.id, at: world.clock.now(), data: { vault: vault.name } });

const purges = new WeakMap<World, number>();

/** The number of purged vaults. A vault made later gets other version ids and other key pairs than the vaults before it. */
export const purgesOf = (world: World): number => purges.get(world) ?? 0;

const forget = (world: World, vaults: Map<string, Vault>, vault: Vault): void => {
  vaults.delete(vault.name.toLowerCase());
  purges.set(world, purgesOf(world) + 1);
  tell(world, vault, 'vaultPurged');
};

/**
 * Soft-deletes a vault: its name stays taken, its host does not answer, its role assignments and locks are gone. The vault itself
 * is gone after its retention, and at once where soft delete is off.
 */
export const deleteVault = (world: World, vaults: Map<string, Vault>, vault: Vault): void => {
  const deletedAt = world.clock.now();
  vault.deletedAt = deletedAt;
  world.rbac.dropScope(vault.id);
  world.locks.dropScope(vault.id);
  tell(world, vault, 'vaultDeleted');
  if (!vault.softDelete) forget(world, vaults, vault);
  const retired = () => {
    if (vault.deletedAt === deletedAt) forget(world, vaults, vault);
  };
  world.clock.setTimeout(retired, scheduledVaultPurge(vault, deletedAt) - deletedAt);
};

/**
 * Brings a deleted vault back with its keys, access policies, network rules and tags, but without its extensions: role
 * assignments and event subscriptions (Key Vault, soft-delete overview), locks and diagnostic settings.
 */
export const recoverVault = (world: World, vault: Vault): Vault => {
  const { policies, rbac } = writtenAccess(vault);
  const { recoverKeepsBirth = true, recoverKeepsRbac = true, recoveredVaultSilentSeconds = 0 } = world.switches;
  delete vault.deletedAt;
  if (!recoverKeepsBirth) vault.createdAt = world.clock.now();
  vault.access = [{ from: world.clock.now(), policies, rbac: recoverKeepsRbac ? rbac : null }];
  vault.provisioningState = 'RegisteringDns';
  vault.silent = true;
  world.clock.setTimeout(() => {
    vault.provisioningState = 'Succeeded';
  }, VAULT_RECOVERY_SECONDS * 1000);
  const answers = () => {
    delete vault.silent;
  };
  world.clock.setTimeout(answers, (VAULT_RECOVERY_SECONDS + recoveredVaultSilentSeconds) * 1000);
  tell(world, vault, 'vaultRecovered');
  tell(world, vault, 'resourceWritten');
  return vault;
};

/** Refuses to purge a protected vault, in the words of the service. */
export const checkPurgeable = ({ purgeProtection }: Vault): void => {
  if (purgeProtection) throw new AzureError(405, 'MethodNotAllowed', "Operation 'DeletedVaultPurge' is not allowed.");
};

/** Ends a deleted vault with all its keys; its name is free again. */
export const purgeVault = (world: World, vaults: Map<string, Vault>, vault: Vault): void => {
  checkPurgeable(vault);
  forget(world, vaults, vault);
};
