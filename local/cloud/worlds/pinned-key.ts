import type { FullWorld } from '../create-world.ts';
import { writtenAccess } from '../key-vault/vault.ts';

/** A resource that pins a version of a key: `version` counts from 1, the newest when left out. */
export type PinnedKey = { name: string; vault: string; key: string; version?: number };

/** The id of the pinned version. */
export const pinnedKey = (world: FullWorld, { name, vault, key, version }: PinnedKey): string => {
  const versions = world.keyVault.key(vault, key)?.versions ?? [];
  const pinned = version === undefined ? versions.at(-1) : versions[version - 1];
  if (pinned) return pinned.kid;
  throw new Error(`'${name}' pins version ${version ?? 1} of '${vault}/${key}', which the plan does not make.`);
};

/** Lets a principal use a key, under the permission model of the vault. */
export const allowKey = (
  world: FullWorld,
  { vault, key }: PinnedKey,
  principalId: string,
  permissions: string[],
): void => {
  const found = world.keyVault.vault(vault);
  if (!found) return;
  if (writtenAccess(found).rbac) {
    const scope = `${found.id}/keys/${key}`;
    world.rbac.assign({ scope, role: 'Key Vault Crypto Service Encryption User', principalId });
  } else {
    grantKeys(world, vault, principalId, permissions);
  }
};

/** Adds an access policy. */
export const grantKeys = (world: FullWorld, vault: string, objectId: string, keys: string[]): void => {
  const policy = { tenantId: world.entra.tenantId, objectId, permissions: { keys } };
  world.keyVault.changePolicies(vault, 'add', [policy]);
};
