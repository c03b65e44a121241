import type { Key, KeyVersion } from './key.ts';
import { recoveryLevel, scheduledPurge } from './key-life.ts';
import { type Vault, vaultUri } from './vault.ts';

const seconds = (instant: number) => Math.floor(instant / 1000);

const attributes = (vault: Vault, version: KeyVersion) => ({
  enabled: version.enabled,
  ...(version.nbf === undefined ? {} : { nbf: version.nbf }),
  ...(version.exp === undefined ? {} : { exp: version.exp }),
  created: seconds(version.createdAt),
  updated: seconds(version.updatedAt),
  recoveryLevel: recoveryLevel(vault),
  ...(vault.softDelete ? { recoverableDays: vault.softDeleteRetention } : {}),
  exportable: version.releasePolicy !== undefined,
});

/** `managed` is true for the key of a certificate, and otherwise left out. */
const ofCertificate = ({ managed }: KeyVersion) => (managed ? { managed } : {});

/** One version as the data plane shows it: public half, attributes in seconds, tags. */
export const keyBundle = (vault: Vault, version: KeyVersion) => {
  const { crv, e, n, x, y } = version.publicKey.export({ format: 'jwk' });
  return {
    key: { kid: version.kid, kty: version.kty, key_ops: version.keyOps, n, e, crv, x, y },
    attributes: attributes(vault, version),
    tags: version.tags,
    ...ofCertificate(version),
    ...(version.releasePolicy && { release_policy: version.releasePolicy }),
  };
};

/** A version in a list; `kid` without its version stands for the key. */
export const keyItem = (vault: Vault, version: KeyVersion, kid: string) => ({
  kid,
  attributes: attributes(vault, version),
  tags: version.tags,
  ...ofCertificate(version),
});

export const keyUri = (vault: Vault, name: string) => `${vaultUri(vault)}keys/${name}`;

/** The further fields that Key Vault shows for a deleted key. */
export const deletion = (vault: Vault, key: Key) => {
  const deletedAt = key.deletedAt ?? 0;
  return {
    recoveryId: `${vaultUri(vault)}deletedkeys/${key.name}`,
    deletedDate: seconds(deletedAt),
    scheduledPurgeDate: seconds(scheduledPurge(vault, deletedAt)),
  };
};
