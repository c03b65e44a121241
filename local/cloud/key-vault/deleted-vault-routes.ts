import { AzureError } from '../arm/error.ts';
import { operationRoutes } from '../arm/operation-routes.ts';
import { page } from '../arm/page.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import { VAULT_VERSIONS } from './find-vault.ts';
import type { KeyVault } from './key-vault.ts';
import { scheduledVaultPurge, type Vault } from './vault.ts';
import { checkPurgeable } from './vault-deletion.ts';
import { sameLocation } from './vault-recovery.ts';

const PROVIDER = 'Microsoft.KeyVault';
const SUBSCRIPTION = `/subscriptions/{subscription}/providers/${PROVIDER}`;
const ONE = `${SUBSCRIPTION}/locations/{location}/deletedVaults/{vault}`;

/** Virtual seconds that a purge takes; Azure gives no number. */
const PURGE_SECONDS = 5;

const subscriptionOf = ({ id }: Vault) => id.split('/')[2] ?? '';

const deletedVaultBody = (vault: Vault) => {
  const deletedAt = vault.deletedAt ?? 0;
  return {
    id: `/subscriptions/${subscriptionOf(vault)}/providers/${PROVIDER}/locations/${vault.location}/deletedVaults/${vault.name}`,
    name: vault.name,
    type: `${PROVIDER}/deletedVaults`,
    properties: {
      vaultId: vault.id,
      location: vault.location,
      deletionDate: new Date(deletedAt).toISOString(),
      scheduledPurgeDate: new Date(scheduledVaultPurge(vault, deletedAt)).toISOString(),
      tags: vault.tags,
      ...(vault.purgeProtection ? { purgeProtectionEnabled: true } : {}),
    },
  };
};

const inSubscription = (vault: Vault, { params }: Call) =>
  subscriptionOf(vault).toLowerCase() === params['subscription']?.toLowerCase();

const findDeleted = (keyVault: KeyVault, call: Call): Vault => {
  const { vault: name = '', location = '' } = call.params;
  const found = keyVault.deletedVault(name);
  if (found && inSubscription(found, call) && sameLocation(found.location, location)) return found;
  throw new AzureError(404, 'DeletedVaultNotFound', `The specified deleted vault '${name}' does not exist.`);
};

/** The vault is gone when the operation has ended. A second purge of it, or its recovery meanwhile, is no error. */
const purge = (world: World, keyVault: KeyVault, call: Call): Answer => {
  const vault = findDeleted(keyVault, call);
  checkPurgeable(vault);
  const { headers } = world.operations.start({
    provider: PROVIDER,
    location: vault.location,
    seconds: PURGE_SECONDS,
    target: vault.id,
    apiVersion: call.apiVersion,
    run: async () => {
      if (keyVault.deletedVault(vault.name) === vault) keyVault.purgeVault(vault.name);
      return {};
    },
  });
  return { status: 202, headers };
};

/** Deleted vaults that are not purged: Microsoft.KeyVault/deletedVaults, 2026-02-01. */
export const deletedVaultRoutes = (world: World, keyVault: KeyVault): Route[] => {
  const route = (method: string, path: string, action: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path,
    apiVersions: VAULT_VERSIONS,
    action: `${PROVIDER}/${action}`,
    handle,
  });
  return [
    route('GET', `${SUBSCRIPTION}/deletedVaults`, 'deletedVaults/read', (call) => {
      const vaults = keyVault.deletedVaults().filter((vault) => inSubscription(vault, call));
      return page(call, vaults.map(deletedVaultBody));
    }),
    route('GET', ONE, 'locations/deletedVaults/read', (call) => ({
      status: 200,
      body: deletedVaultBody(findDeleted(keyVault, call)),
    })),
    route('POST', `${ONE}/purge`, 'locations/deletedVaults/purge/action', (call) => purge(world, keyVault, call)),
    ...operationRoutes(world.operations, PROVIDER, VAULT_VERSIONS),
  ];
};
