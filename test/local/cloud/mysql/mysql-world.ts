import { createClock } from '../../../../local/clock/authority.ts';
import { createWorld, type FullWorld } from '../../../../local/cloud/create-world.ts';
import { sharedSigner } from '../../../../local/cloud/entra/signer.ts';
import type { Switches } from '../../../../local/cloud/service.ts';
import { buildWorld, serverId, type VaultPlan, type WorldPlan } from '../../../../local/cloud/worlds/build-world.ts';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** One vault with one key. A single and a flexible server use version 1 of it: `orders` and `web`. */
export const PLAN: WorldPlan & { vaults: [VaultPlan] } = {
  vaults: [{ name: 'vault', permissions: 'accessPolicies', keys: [{ name: 'cmk', versions: 2 }] }],
  servers: [
    { name: 'orders', generation: 'single', vault: 'vault', key: 'cmk', version: 1 },
    { name: 'web', generation: 'flexible', vault: 'vault', key: 'cmk', version: 1 },
  ],
};

export const ORDERS = serverId('single', 'orders');
export const WEB = serverId('flexible', 'web');

export const mysqlWorld = async (switches: Partial<Switches> = {}): Promise<FullWorld> => {
  const world = createWorld({
    clock: createClock(),
    seed: 1,
    switches: { propagationSeconds: 0, flexibleNoChangePatch: 'works', ...switches },
    signer: await sharedSigner(),
    log: () => undefined,
  });
  buildWorld(world, PLAN);
  return world;
};

export const availabilityOf = (world: FullWorld, id: string) => {
  const server = world.mysql.servers.get(id);
  if (!server) throw new Error(`There is no server ${id}.`);
  return server.availability;
};

/** The version of the key that both servers use. */
export const setPinned = (world: FullWorld, attributes: { enabled?: boolean; exp?: number }): void => {
  const pinned = world.keyVault.key('vault', 'cmk')?.versions[0]?.version;
  world.keyVault.setAttributes('vault', 'cmk', pinned, attributes);
};

export const expireIn = (world: FullWorld, ms: number): void =>
  setPinned(world, { exp: Math.floor((world.clock.now() + ms) / 1000) });

/** Takes every permission of a server's identity in the vault away. */
export const revoke = (world: FullWorld, principalId: string): void => {
  const keys = ['get', 'list', 'wrapKey', 'unwrapKey'];
  const policy = { tenantId: world.entra.tenantId, objectId: principalId, permissions: { keys } };
  world.keyVault.changePolicies('vault', 'remove', [policy]);
};
