import { AzureError } from '../arm/error.ts';
import { page } from '../arm/page.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import { forbiddenByRbacMessage, keyScope } from './authorize.ts';
import { activeKey, versionOf } from './find-key.ts';
import { findVault, VAULT_PATH, VAULT_VERSIONS } from './find-vault.ts';
import type { Key, KeyVersion } from './key.ts';
import { phase, recoveryLevel } from './key-life.ts';
import { createKeyLists } from './key-lists.ts';
import type { KeyVault } from './key-vault.ts';
import { putControlPlaneKey } from './put-control-plane-key.ts';
import type { Quotas } from './quota.ts';
import type { RotationPolicy } from './rotation-policy.ts';
import { type Vault, vaultUri } from './vault.ts';
import { VAULT_TYPE } from './vault-body.ts';

const seconds = (instant: number) => Math.floor(instant / 1000);

const properties = (vault: Vault, key: Key, version: KeyVersion) => ({
  attributes: {
    enabled: version.enabled,
    ...(version.nbf === undefined ? {} : { nbf: version.nbf }),
    ...(version.exp === undefined ? {} : { exp: version.exp }),
    created: seconds(version.createdAt),
    updated: seconds(version.updatedAt),
    recoveryLevel: recoveryLevel(vault),
    exportable: version.releasePolicy !== undefined,
  },
  kty: version.kty,
  keyOps: version.keyOps,
  ...(version.kty === 'EC' ? { curveName: 'P-256' } : { keySize: version.keySize }),
  keyUri: `${vaultUri(vault)}keys/${key.name}`,
  keyUriWithVersion: version.kid,
  ...(version.releasePolicy && { release_policy: version.releasePolicy }),
});

const keyBody = (vault: Vault, key: Key) => ({
  id: `${vault.id}/keys/${key.name}`,
  name: key.name,
  type: `${VAULT_TYPE}/keys`,
  location: vault.location,
  tags: versionOf(key).tags,
  properties: {
    ...properties(vault, key, versionOf(key)),
    ...(key.rotationPolicy && { rotationPolicy: rotationPolicyJson(key.rotationPolicy) }),
  },
});

/** A key as Microsoft's example of the list shows it (azure-rest-api-specs, listKeys.json): without expiry, versions and type. */
const publishedBody = (vault: Vault, key: Key) => {
  const { id, name, type, location, tags } = keyBody(vault, key);
  const { enabled, created, updated, recoveryLevel: level } = properties(vault, key, versionOf(key)).attributes;
  const attributes = { enabled, created, updated, recoveryLevel: level };
  const keyUri = `https://${new URL(vaultUri(vault)).host}:443/keys/${key.name}`;
  return { id, name, type, location, tags, properties: { attributes, keyUri } };
};

/** A rotation policy as the control plane writes it: the names of its actions begin with a small letter. */
const rotationPolicyJson = ({ lifetimeActions, expiryTime, createdAt, updatedAt }: RotationPolicy) => ({
  attributes: {
    ...(expiryTime && { expiryTime }),
    ...(createdAt !== undefined && { created: seconds(createdAt) }),
    ...(updatedAt !== undefined && { updated: seconds(updatedAt) }),
  },
  lifetimeActions: lifetimeActions.map(({ trigger, action: { type } }) => ({
    trigger,
    action: { type: type.toLowerCase() },
  })),
});

const versionBody = (vault: Vault, key: Key, version: KeyVersion) => ({
  id: `${vault.id}/keys/${key.name}/versions/${version.version}`,
  name: version.version,
  type: `${VAULT_TYPE}/keys/versions`,
  location: vault.location,
  tags: version.tags,
  properties: properties(vault, key, version),
});

/** Key Vault authorises these reads itself and says 400, not 403, when it refuses. */
const authorizeRead = (world: World, vault: Vault, { caller }: Call, action: string, key?: string): void => {
  const scope = keyScope(vault, key);
  if (world.rbac.allows({ principalId: caller.objectId, action, scope })) return;
  const requester = { ...caller, trustedService: false };
  throw new AzureError(400, 'ForbiddenByRbac', forbiddenByRbacMessage(vault, requester, action, scope));
};

type Read = (vault: Vault, call: Call) => Answer;

/**
 * Keys on the control plane (vaults/keys, 2023-07-01 to 2026-02-01): made once and never changed there. Reads pass the vault's
 * firewall, need an Azure role under either permission model of the vault, and show no deleted key.
 */
export const controlPlaneKeyRoutes = (world: World, keyVault: KeyVault, quotas: Quotas): Route[] => {
  const lists = createKeyLists(world);
  const read = (path: string, action: string, answer: Read): Route => ({
    plane: 'arm',
    method: 'GET',
    path: `${VAULT_PATH}${path}`,
    apiVersions: VAULT_VERSIONS,
    handle: (call) => {
      const vault = findVault(keyVault, call);
      authorizeRead(world, vault, call, `Microsoft.KeyVault/vaults/${action}`, call.params['key']);
      return answer(vault, call);
    },
  });
  const now = () => world.clock.now();
  const keyOf = (vault: Vault, { params }: Call) => activeKey(vault, params['key'] ?? '', now());
  return [
    read('/keys', 'keys/read', (vault, call) => {
      if (world.switches.controlPlaneKeyListCosts === 'keyVault') {
        quotas.spend(vault, 'list', undefined);
        world.changed({ kind: 'keysListed', resourceId: vault.id, at: now() });
      }
      const show = world.switches.controlPlaneKeyList === 'full' ? keyBody : publishedBody;
      const active = () =>
        [...vault.keys.values()].filter((key) => phase(vault, key, now()) === 'active' && !versionOf(key).managed);
      return page(
        call,
        lists(vault.id, () => active().map((key) => show(vault, key))),
        world.switches.controlPlaneKeyListPage,
      );
    }),
    read('/keys/{key}', 'keys/read', (vault, call) => ({ status: 200, body: keyBody(vault, keyOf(vault, call)) })),
    {
      plane: 'arm',
      method: 'PUT',
      path: `${VAULT_PATH}/keys/{key}`,
      apiVersions: VAULT_VERSIONS,
      action: 'Microsoft.KeyVault/vaults/keys/write',
      handle: (call) => {
        const vault = findVault(keyVault, call);
        return { status: 200, body: keyBody(vault, putControlPlaneKey(world, keyVault, vault, call)) };
      },
    },
    read('/keys/{key}/versions', 'keys/versions/read', (vault, call) => {
      const key = keyOf(vault, call);
      return page(
        call,
        key.versions.map((version) => versionBody(vault, key, version)),
      );
    }),
    read('/keys/{key}/versions/{version}', 'keys/versions/read', (vault, call) => {
      const key = keyOf(vault, call);
      return { status: 200, body: versionBody(vault, key, versionOf(key, call.params['version'])) };
    }),
  ];
};
