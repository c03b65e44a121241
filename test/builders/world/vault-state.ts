import { createHash } from 'node:crypto';
import type { Key, KeyVersion } from '../../../local/cloud/key-vault/key.ts';
import { phase } from '../../../local/cloud/key-vault/key-life.ts';
import type { AccessPolicy, Permissions, Vault } from '../../../local/cloud/key-vault/vault.ts';
import { vaultBody } from '../../../local/cloud/key-vault/vault-body.ts';

const versionState = ({ version: _, privateKey: _private, publicKey, updatedAt: _at, ...attributes }: KeyVersion) => ({
  ...attributes,
  material: createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex'),
});

const keyState = (vault: Vault, key: Key, now: number) => ({
  phase: phase(vault, key, now),
  current: key.versions.at(-1)?.version,
  rotationPolicy: key.rotationPolicy,
  versions: Object.fromEntries(key.versions.map((one) => [one.version, versionState(one)])),
});

const sorted = (permissions: Permissions) =>
  Object.fromEntries(Object.entries(permissions).map(([kind, list]) => [kind, [...(list ?? [])].sort()]));

/** By their principal: their order carries no meaning. */
const policyStates = (policies: readonly AccessPolicy[]) =>
  Object.fromEntries(
    policies.map(({ objectId, applicationId, tenantId, permissions }) => [
      [objectId, applicationId].filter(Boolean).join(' '),
      { tenantId, ...sorted(permissions) },
    ]),
  );

/** The network rules of a vault without rules: they are stored only when they are set (vaults, 2026-02-01). */
const OPEN = { bypass: 'AzureServices', defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] };

/** A vault as ARM shows it, and its keys, deleted or not, with nothing of their material but a fingerprint. */
export const vaultState = (vault: Vault, now: number) => {
  const { properties, ...body } = vaultBody(vault);
  return {
    ...body,
    ...properties,
    networkAcls: vault.networkAcls ?? OPEN,
    accessPolicies: policyStates(properties.accessPolicies),
    deleted: vault.deletedAt !== undefined,
    keys: Object.fromEntries([...vault.keys.values()].map((key) => [key.name, keyState(vault, key, now)])),
  };
};
