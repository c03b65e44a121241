import type { VaultPlan, WorldPlan } from '../../local/cloud/worlds/build-world.ts';

const HEALTHY_DAYS = 90;

/** A healthy single server with a vault of its own, the target of most attacks. The server has the vault's last name. */
export const victim = (vault: string): WorldPlan => {
  const keys: VaultPlan['keys'] = [{ name: 'cmk', expiresInDays: HEALTHY_DAYS }];
  return {
    vaults: [{ name: vault, permissions: 'accessPolicies', keys }],
    servers: [{ name: vault.replace(/^kv-/, ''), generation: 'single', vault, key: 'cmk' }],
  };
};

/** Several victims in one world. */
export const victims = (...vaults: readonly string[]): WorldPlan => {
  const worlds = vaults.map(victim);
  return {
    vaults: worlds.flatMap((world) => world.vaults ?? []),
    servers: worlds.flatMap((world) => world.servers ?? []),
  };
};
