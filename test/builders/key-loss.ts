import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { productId } from '../../local/cloud/worlds/product.ts';
import { isDown, keyVersion, VAULT } from './incident.ts';
import { type App, DAY, MINUTE } from './open-app.ts';

/** So many vaults with a key each, and a server on every key. */
export const estate = (count: number): WorldPlan => {
  const names = Array.from({ length: count }, (_, at) => `kv-${at + 1}-orders`);
  return {
    vaults: names.map((name) => ({ name, permissions: 'accessPolicies', keys: [{ name: 'cmk' }] })),
    servers: names.map((vault) => ({ name: `on-${vault}`, generation: 'single', vault, key: 'cmk' })),
  };
};

/** The product's object id in Azure. */
export const productObjectId = ({ cloud }: App): string => cloud.world.entra.managedIdentity(productId)?.objectId ?? '';

/** Acts of an owner on the key of the story. Key Vault has no event for any of them. */

export const deleteKey = ({ cloud }: App): void => {
  cloud.world.keyVault.deleteKey(VAULT, 'cmk');
};

export const disableKey = (app: App): void => {
  app.cloud.world.keyVault.setAttributes(VAULT, 'cmk', keyVersion(app).version, { enabled: false });
};

export const enableKey = (app: App): void => {
  app.cloud.world.keyVault.setAttributes(VAULT, 'cmk', keyVersion(app).version, { enabled: true });
};

export const postponeKey = (app: App): void => {
  const nbf = Math.floor((app.clock.now() + DAY) / 1_000);
  app.cloud.world.keyVault.setAttributes(VAULT, 'cmk', keyVersion(app).version, { nbf });
};

/** Ends a deleted key for good, as the end of its retention does. */
export const purgeKey = ({ cloud }: App): void => {
  const vault = cloud.world.keyVault.vault(VAULT);
  if (!vault) throw new Error(`There is no vault ${VAULT}`);
  vault.purgeProtection = false;
  cloud.world.keyVault.purgeKey(VAULT, 'cmk');
};

/** Lets a first sweep find everything healthy; then the key is lost, until the server refuses its users. */
export const loseKey = async (app: App, lose: (app: App) => void, server: string): Promise<void> => {
  await app.pass(6 * MINUTE);
  lose(app);
  await app.until(`${server} is down`, () => isDown(app, server), 15 * MINUTE);
};

export const RECOVERY = /^POST \/deletedkeys\/cmk\/recover$/;
export const PATCH_OF_SERVER = /^PATCH .*\/flexibleServers\/[^/]+$/;
