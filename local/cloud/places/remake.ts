import { parseResourceId } from '../arm/resource-id.ts';
import type { FullWorld } from '../create-world.ts';
import { grantKeys } from '../worlds/pinned-key.ts';

/** All permissions on keys of the portal's template "Key Management". */
const KEY_MANAGEMENT = ['get', 'list', 'update', 'create', 'import', 'delete', 'recover', 'backup', 'restore'];

const newcomer = ({ entra }: FullWorld) =>
  entra.principals().find(({ name }) => name === 'newcomer') ?? entra.createUser({ name: 'newcomer' });

const unprotect = ({ keyVault }: FullWorld, name: string) => {
  const vault = keyVault.vault(name) ?? keyVault.deletedVault(name);
  if (!vault) throw new Error(`There is no vault '${name}'.`);
  vault.purgeProtection = false;
  return vault;
};

/** Purges a vault as another owner would, and makes a vault of its name, with a key of this name, in this group or another. */
export const remakeVault = (world: FullWorld, name: string, key: string, to?: string): string => {
  const { keyVault, subscriptions } = world;
  const { id, deletedAt, location } = unprotect(world, name);
  const { subscription = '', group: was = '' } = parseResourceId(id) ?? {};
  if (deletedAt === undefined) keyVault.deleteVault(name);
  keyVault.purgeVault(name);
  const group = to ?? was;
  subscriptions.addGroup({ subscription, name: group, location });
  const made = keyVault.createVault({ subscription, group, location, name, rbac: false });
  grantKeys(world, name, newcomer(world).objectId, KEY_MANAGEMENT);
  keyVault.createKey(name, key, {});
  return made.id;
};

/** Purges a key as another owner would, and makes a key of its name in the same vault. */
export const remakeKey = (world: FullWorld, vault: string, key: string): void => {
  const { keyVault } = world;
  const found = unprotect(world, vault);
  grantKeys(world, vault, newcomer(world).objectId, KEY_MANAGEMENT);
  if (keyVault.key(vault, key)?.deletedAt === undefined) keyVault.deleteKey(vault, key);
  found.keys.delete(key.toLowerCase());
  keyVault.createKey(vault, key, {});
};
