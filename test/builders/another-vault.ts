import type { Vault } from '../../local/cloud/key-vault/vault.ts';
import { grantKeys } from '../../local/cloud/worlds/pinned-key.ts';
import { productKeyPermissions, subscriptionId } from '../../local/cloud/worlds/product.ts';
import { VAULT } from './incident.ts';
import { productObjectId } from './key-loss.ts';
import type { App } from './open-app.ts';

const vaultOf = ({ cloud }: App, name: string): Vault => {
  const found = cloud.world.keyVault.vault(name);
  if (!found) throw new Error(`There is no vault ${name}`);
  return found;
};

/** An owner deletes the vault of the story in the portal; the activity log has it. */
export const deleteVault = ({ cloud }: App): void => {
  const verbs = cloud.azure.services.flatMap(({ breaks }) => breaks);
  verbs.find(({ name }) => name === 'delete-vault')?.run({ vault: VAULT });
};

/** An owner purges a vault, so that its name is free. */
export const purgeVault = (app: App, name: string): void => {
  vaultOf(app, name).purgeProtection = false;
  app.cloud.world.keyVault.deleteVault(name);
  app.cloud.world.keyVault.purgeVault(name);
};

/** An owner makes a vault with a key of these names, and lets the product see its content. */
export const makeVault = (app: App, name: string, group: string, key: string | undefined = 'cmk'): void => {
  const { keyVault, subscriptions } = app.cloud.world;
  subscriptions.addGroup({ subscription: subscriptionId, name: group, location: 'koreacentral' });
  const place = { subscription: subscriptionId, group, location: 'koreacentral' };
  keyVault.createVault({ ...place, name, rbac: false, softDelete: true, softDeleteRetention: 90 });
  grantKeys(app.cloud.world, name, productObjectId(app), productKeyPermissions);
  keyVault.createKey(name, key, {});
};

/** An owner deletes a key, purges it and makes another of its name. */
export const remakeKey = async (app: App, vault: string, key = 'cmk'): Promise<void> => {
  const { keyVault } = app.cloud.world;
  vaultOf(app, vault).purgeProtection = false;
  keyVault.deleteKey(vault, key);
  await app.pass(60_000);
  keyVault.purgeKey(vault, key);
  keyVault.createKey(vault, key, {});
};

export const vaultIdOf = (app: App, name: string): string => vaultOf(app, name).id;
