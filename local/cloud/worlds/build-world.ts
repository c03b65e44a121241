import { resourceId } from '../arm/resource-id.ts';
import type { FullWorld } from '../create-world.ts';
import { writtenAccess } from '../key-vault/vault.ts';
import { addProduct, productId, productKeyPermissions, subscriptionId } from './product.ts';

/** `expiresInDays` is counted from the world's now and belongs to every version; never when left out. */
export type KeyPlan = { name: string; size?: 2048 | 3072 | 4096; versions?: number; expiresInDays?: number };

/** A vault with its keys; `permissions` is its permission model. */
export type VaultPlan = {
  name: string;
  permissions: 'accessPolicies' | 'roles';
  keys: KeyPlan[];
  group?: string;
  location?: string;
};

/** A server that pins a version of a key: `version` counts from 1, the newest when left out. */
export type ServerPlan = {
  name: string;
  generation: 'single' | 'flexible';
  vault: string;
  key: string;
  version?: number;
  group?: string;
  location?: string;
};

export type WorldPlan = { vaults?: VaultPlan[]; servers?: ServerPlan[] };

const group = 'data';
const day = 86_400;

/**
 * Everybody has the access that the documents ask for, since long: what is built is effective at once. A world that has
 * its product already gets no second one.
 */
export const buildWorld = (world: FullWorld, { vaults = [], servers = [] }: WorldPlan): void => {
  const { propagationSeconds } = world.switches;
  world.switches.propagationSeconds = 0;
  const product = world.entra.managedIdentity(productId) ?? addProduct(world);
  for (const plan of vaults) addVault(world, plan, product.objectId);
  for (const plan of servers) addServer(world, plan);
  world.switches.propagationSeconds = propagationSeconds;
};

const addVault = (world: FullWorld, plan: VaultPlan, objectId: string): void => {
  const { name, permissions, keys } = plan;
  const place = { subscription: subscriptionId, group: plan.group ?? group, location: plan.location ?? 'koreacentral' };
  world.subscriptions.addGroup({ subscription: place.subscription, name: place.group, location: place.location });
  world.keyVault.createVault({
    ...place,
    name,
    rbac: permissions === 'roles',
    purgeProtection: true,
    softDeleteRetention: 90,
  });
  if (permissions === 'accessPolicies') grantKeys(world, name, objectId, productKeyPermissions);
  for (const key of keys) addKey(world, name, key);
};

const addKey = (world: FullWorld, vault: string, { name, size = 2048, versions = 1, expiresInDays }: KeyPlan): void => {
  const exp = expiresInDays === undefined ? undefined : Math.floor(world.clock.now() / 1000) + expiresInDays * day;
  const first = world.keyVault.createKey(vault, name, { keySize: size });
  const rest = Array.from({ length: versions - 1 }, () => world.keyVault.rotateKey(vault, name));
  for (const { version } of [first, ...rest]) {
    if (exp !== undefined) world.keyVault.setAttributes(vault, name, version, { exp });
  }
};

const addServer = (world: FullWorld, plan: ServerPlan): void => {
  const place = { subscription: subscriptionId, group: plan.group ?? group, location: plan.location ?? 'koreacentral' };
  world.subscriptions.addGroup({ subscription: place.subscription, name: place.group, location: place.location });
  const keyUri = pinnedKey(world, plan);
  if (plan.generation === 'single') {
    const { identity } = world.mysql.addSingleServer({ ...place, name: plan.name, keyUri });
    allowKey(world, plan, identity?.principalId ?? '', ['get', 'wrapKey', 'unwrapKey']);
    return;
  }
  const identity = world.managedIdentities.create({ ...place, name: `${plan.name}-identity` });
  world.mysql.addFlexibleServer({ ...place, name: plan.name, encryption: { keyUri, identity: identity.id } });
  const principalId = world.entra.managedIdentity(identity.id)?.objectId ?? '';
  allowKey(world, plan, principalId, ['get', 'list', 'wrapKey', 'unwrapKey']);
};

const pinnedKey = (world: FullWorld, { name, vault, key, version }: ServerPlan): string => {
  const versions = world.keyVault.key(vault, key)?.versions ?? [];
  const pinned = version === undefined ? versions.at(-1) : versions[version - 1];
  if (pinned) return pinned.kid;
  throw new Error(`Server '${name}' pins version ${version ?? 1} of '${vault}/${key}', which the plan does not make.`);
};

const allowKey = (world: FullWorld, { vault, key }: ServerPlan, principalId: string, permissions: string[]): void => {
  const found = world.keyVault.vault(vault);
  if (!found) return;
  if (writtenAccess(found).rbac) {
    const scope = `${found.id}/keys/${key}`;
    world.rbac.assign({ scope, role: 'Key Vault Crypto Service Encryption User', principalId });
  } else {
    grantKeys(world, vault, principalId, permissions);
  }
};

const grantKeys = (world: FullWorld, vault: string, objectId: string, keys: string[]): void => {
  const policy = { tenantId: world.entra.tenantId, objectId, permissions: { keys } };
  world.keyVault.changePolicies(vault, 'add', [policy]);
};

/** The id of a server of these worlds, for tests and verbs. */
export const serverId = (generation: 'single' | 'flexible', name: string, resourceGroup = group): string =>
  resourceId({
    subscription: subscriptionId,
    group: resourceGroup,
    type: generation === 'single' ? 'Microsoft.DBforMySQL/servers' : 'Microsoft.DBforMySQL/flexibleServers',
    name,
  });
