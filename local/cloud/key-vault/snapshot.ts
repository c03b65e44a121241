import type { Key, KeyVersion } from './key.ts';
import { phase } from './key-life.ts';
import type { KeyVault } from './key-vault.ts';
import { effectiveAccess, scheduledVaultPurge, type Vault } from './vault.ts';
import { vaultBody } from './vault-body.ts';

const time = (instant: number) => new Date(instant).toISOString();

const versionView = ({ version, kid, enabled, nbf, exp, createdAt, tags }: KeyVersion) => ({
  version,
  kid,
  enabled,
  tags,
  created: time(createdAt),
  ...(nbf === undefined ? {} : { notBefore: time(nbf * 1000) }),
  ...(exp === undefined ? {} : { expires: time(exp * 1000) }),
});

const keyView = (vault: Vault, key: Key, now: number) => ({
  name: key.name,
  phase: phase(vault, key, now),
  ...(key.deletedAt === undefined ? {} : { deleted: time(key.deletedAt) }),
  ...(key.rotationPolicy ? { rotationPolicy: key.rotationPolicy } : {}),
  versions: key.versions.map(versionView),
});

const deletionView = (vault: Vault) =>
  vault.deletedAt === undefined
    ? {}
    : { deleted: time(vault.deletedAt), scheduledPurge: time(scheduledVaultPurge(vault, vault.deletedAt)) };

/** Every vault, deleted ones too, with its keys and the access that decides now; without any key material. */
export const keyVaultSnapshot = (keyVault: KeyVault, now: number) =>
  [...keyVault.vaults(), ...keyVault.deletedVaults()].map((vault) => ({
    ...vaultBody(vault),
    ...deletionView(vault),
    effectiveAccess: effectiveAccess(vault, now),
    keys: [...vault.keys.values()].map((key) => keyView(vault, key, now)),
  }));
