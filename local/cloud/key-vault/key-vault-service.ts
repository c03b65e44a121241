import { sameId } from '../arm/resource-id.ts';
import type { ServiceNetwork } from '../network/subnet-rules.ts';
import type { Service, World } from '../service.ts';
import { accessPolicyRoutes } from './access-policy-routes.ts';
import { accessBreaks, accessRepairs } from './access-verbs.ts';
import { backupRoutes } from './backup-routes.ts';
import { backupVerbs } from './backup-verbs.ts';
import { controlPlaneKeyRoutes } from './control-plane-key-routes.ts';
import { cryptoRoutes } from './crypto-routes.ts';
import { createDataRoute } from './data-route.ts';
import { deletedKeyRoutes } from './deleted-key-routes.ts';
import { deletedVaultRoutes } from './deleted-vault-routes.ts';
import { keyBreaks } from './key-breaks.ts';
import { keyRepairs } from './key-repairs.ts';
import { keyRoutes } from './key-routes.ts';
import type { KeyVault } from './key-vault.ts';
import { createQuotas } from './quota.ts';
import { rotationPolicyRoutes } from './rotation-policy-routes.ts';
import { keyVaultSnapshot } from './snapshot.ts';
import { VAULT_TYPE, vaultBody } from './vault-body.ts';
import { vaultRoutes } from './vault-routes.ts';
import { vaultBreaks, vaultRepairs } from './vault-verbs.ts';

/** Key Vault as the cloud serves it, on both planes. */
export const keyVaultService = (world: World, keyVault: KeyVault, network: ServiceNetwork): Service => {
  const quotas = createQuotas(world);
  const route = createDataRoute(world, keyVault, quotas);
  return {
    name: 'key-vault',
    routes: [
      ...vaultRoutes(keyVault, network),
      ...deletedVaultRoutes(world, keyVault),
      ...accessPolicyRoutes(keyVault),
      ...controlPlaneKeyRoutes(world, keyVault, quotas),
      ...rotationPolicyRoutes(route, keyVault),
      ...deletedKeyRoutes(route, keyVault),
      ...backupRoutes(route, keyVault),
      ...keyRoutes(world, route, keyVault),
      ...cryptoRoutes(route),
    ],
    breaks: [...keyBreaks(world, keyVault), ...accessBreaks(world, keyVault), ...vaultBreaks(world, keyVault)],
    repairs: [
      ...keyRepairs(keyVault),
      ...backupVerbs(keyVault),
      ...accessRepairs(world, keyVault),
      ...vaultRepairs(world, keyVault),
    ],
    resources: () =>
      keyVault
        .vaults()
        .map(({ id, name, location, tags, sku }) => ({ id, name, type: VAULT_TYPE, location, tags, sku })),
    remove: (id) => {
      const vault = keyVault.vaults().find((one) => sameId(one.id, id));
      if (vault) keyVault.deleteVault(vault.name);
    },
    graph: {
      resources: (id) =>
        keyVault
          .vaults()
          .filter((vault) => id === undefined || sameId(vault.id, id))
          .map((vault) => vaultBody(vault, network.connections(vault.id))),
    },
    snapshot: () => keyVaultSnapshot(keyVault, world.clock.now()),
  };
};
