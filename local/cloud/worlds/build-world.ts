import { resourceId } from '../arm/resource-id.ts';
import type { FullWorld } from '../create-world.ts';
import { addEncryptionSet, addKubernetes, type ClusterPlan, type SetPlan } from './add-compute.ts';
import { allowKey, grantKeys, type PinnedKey, pinnedKey } from './pinned-key.ts';
import { addHome, addProduct, productId, productKeyPermissions, subscriptionId } from './product.ts';

/**
 * `expiresInDays` is counted from the world's now and belongs to every version; never when left out. `type`: `RSA` when left out.
 */
export type KeyPlan = {
  name: string;
  type?: 'RSA' | 'RSA-HSM';
  size?: 2048 | 3072 | 4096;
  versions?: number;
  expiresInDays?: number;
  /** Whether it is the key of a certificate. */
  managed?: true;
};

/** A vault with its keys; `permissions` is its permission model. `keeps`: its protections, `everything` when left out. */
export type VaultPlan = {
  name: string;
  permissions: 'accessPolicies' | 'roles';
  keys: KeyPlan[];
  subscription?: string;
  group?: string;
  location?: string;
  keeps?: 'everything' | 'what is deleted' | 'nothing';
};

export type ServerPlan = PinnedKey & {
  generation: 'single' | 'flexible';
  subscription?: string;
  group?: string;
  location?: string;
};

/**
 * `product`: whether it is deployed; `deployed` when left out. Without the product the world has no vaults, servers or other
 * resources either.
 */
export type WorldPlan = {
  product?: 'deployed' | 'missing';
  vaults?: VaultPlan[];
  servers?: ServerPlan[];
  sets?: SetPlan[];
  clusters?: ClusterPlan[];
};

/** The resource group of every resource for which the plan names no other. */
const group = 'data';
const day = 86_400;

/**
 * Every principal has the access that the documents ask for, for long: a new world is effective at once. A world that has its
 * product already gets no second one.
 */
export const buildWorld = (world: FullWorld, plan: WorldPlan): void => {
  if (plan.product === 'missing') addHome(world);
  else buildGuarded(world, plan);
};

const buildGuarded = (world: FullWorld, { vaults = [], servers = [], sets = [], clusters = [] }: WorldPlan): void => {
  const { propagationSeconds } = world.switches;
  world.switches.propagationSeconds = 0;
  const product = world.entra.managedIdentity(productId) ?? addProduct(world);
  for (const plan of vaults) addVault(world, plan, product.objectId);
  for (const plan of servers) addServer(world, plan);
  for (const plan of sets) addEncryptionSet(world, plan);
  for (const plan of clusters) addKubernetes(world, plan);
  world.switches.propagationSeconds = propagationSeconds;
};

const addVault = (world: FullWorld, plan: VaultPlan, objectId: string): void => {
  const { name, permissions, keys, keeps = 'everything' } = plan;
  const { subscription = subscriptionId, location = 'koreacentral' } = plan;
  const place = { subscription, group: plan.group ?? group, location };
  world.subscriptions.addGroup({ subscription: place.subscription, name: place.group, location: place.location });
  world.keyVault.createVault({
    ...place,
    name,
    rbac: permissions === 'roles',
    softDelete: keeps !== 'nothing',
    purgeProtection: keeps === 'everything',
    softDeleteRetention: 90,
  });
  if (permissions === 'accessPolicies') grantKeys(world, name, objectId, productKeyPermissions);
  for (const key of keys) addKey(world, name, key);
};

const addKey = (world: FullWorld, vault: string, plan: KeyPlan): void => {
  const { name, type = 'RSA', size = 2048, versions = 1, expiresInDays, managed } = plan;
  const exp = expiresInDays === undefined ? undefined : Math.floor(world.clock.now() / 1000) + expiresInDays * day;
  const first = world.keyVault.createKey(vault, name, { kty: type, keySize: size, managed });
  const rest = Array.from({ length: versions - 1 }, () => world.keyVault.rotateKey(vault, name));
  for (const { version } of [first, ...rest]) {
    if (exp !== undefined) world.keyVault.setAttributes(vault, name, version, { exp });
  }
};

const addServer = (world: FullWorld, plan: ServerPlan): void => {
  const { subscription = subscriptionId, location = 'koreacentral' } = plan;
  const place = { subscription, group: plan.group ?? group, location };
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

/** The id of a server of these worlds, for tests and verbs. */
export const serverId = (generation: 'single' | 'flexible', name: string, resourceGroup = group): string =>
  resourceId({
    subscription: subscriptionId,
    group: resourceGroup,
    type: generation === 'single' ? 'Microsoft.DBforMySQL/servers' : 'Microsoft.DBforMySQL/flexibleServers',
    name,
  });
