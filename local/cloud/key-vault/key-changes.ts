import { AzureError } from '../arm/error.ts';
import { guid } from '../draw.ts';
import type { World } from '../service.ts';
import { checkNameIsFree, storedKey, versionOf, writableKey } from './find-key.ts';
import type { Key, KeySize, KeyType, KeyVersion, ReleasePolicy } from './key.ts';
import { curvePair, keyPair } from './key-pairs.ts';
import { checkRotationPolicy, policyExpiry, type RotationPolicy } from './rotation-policy.ts';
import { type Vault, vaultUri } from './vault.ts';

/** The writable attributes of a version; `nbf` and `exp` in seconds. An attribute that is left out stays as it is. */
export type KeyAttributes = {
  enabled?: boolean | undefined;
  nbf?: number | undefined;
  exp?: number | undefined;
  keyOps?: string[] | undefined;
  tags?: Record<string, string> | undefined;
};

export type KeySpec = KeyAttributes & {
  kty?: KeyType;
  keySize?: KeySize | undefined;
  /** A key with a release policy is exportable; Key Vault does not allow the one without the other. */
  releasePolicy?: ReleasePolicy | undefined;
  /** Certificates are not simulated: only builders of worlds make such a key. */
  managed?: true | undefined;
};

/** A key on a curve neither encrypts nor wraps (Key Vault, about keys: key types and algorithms). */
const ALL_OPERATIONS: Readonly<Record<KeyType, readonly string[]>> = {
  RSA: ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'],
  'RSA-HSM': ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'],
  EC: ['sign', 'verify'],
};

const badParameter = (message: string) => new AzureError(400, 'BadParameter', message);

const checkAttributes = ({ nbf, exp }: KeyAttributes) => {
  for (const [name, value] of Object.entries({ nbf, exp }))
    if (value !== undefined && (!Number.isInteger(value) || value < 0))
      throw badParameter(`Property attributes.${name} has invalid value ${value}: seconds since 1970 are expected.`);
};

const versionId = (world: World, vault: Vault, name: string) =>
  guid(world.seed, vault.id.toLowerCase(), name.toLowerCase(), vault.versionsMade).replaceAll('-', '');

const newVersion = (world: World, vault: Vault, name: string, spec: KeySpec): KeyVersion => {
  const version = versionId(world, vault, name);
  const now = world.clock.now();
  const kty = spec.kty ?? 'RSA';
  const keySize = spec.keySize ?? 2048;
  const ordinal = vault.versionsMade++;
  return {
    version,
    kid: `${vaultUri(vault)}keys/${name}/${version}`,
    kty,
    keyOps: spec.keyOps ?? [...ALL_OPERATIONS[kty]],
    enabled: spec.enabled ?? true,
    nbf: spec.nbf,
    exp: spec.exp,
    createdAt: now,
    updatedAt: now,
    tags: { ...spec.tags },
    releasePolicy: spec.releasePolicy,
    ...(spec.managed && { managed: true }),
    ...(kty === 'EC' ? curvePair(ordinal) : { keySize, ...keyPair(keySize, ordinal) }),
  };
};

/** The data of a change, for one version; `nbf` and `exp` in seconds, `createdAt` in milliseconds. */
export const versionData = (vault: Vault, key: Key, { version, kid, nbf, exp, createdAt }: KeyVersion) => ({
  vault: vault.name,
  key: key.name,
  version,
  kid,
  nbf,
  exp,
  createdAt,
});

const tell = (world: World, vault: Vault, kind: string, key: Key, version: KeyVersion) =>
  world.changed({ kind, resourceId: vault.id, at: world.clock.now(), data: versionData(vault, key, version) });

/** Makes the key, or a new version of the key that is there. A name that a deleted key holds is 409. */
export const createKey = (world: World, vault: Vault, name: string, spec: KeySpec = {}): KeyVersion => {
  const now = world.clock.now();
  checkAttributes(spec);
  if (!/^[0-9a-z-]{1,127}$/i.test(name)) throw badParameter(`The request URI contains an invalid name: ${name}`);
  checkNameIsFree(vault, name, now);
  const key: Key = storedKey(vault, name, now) ?? { name, vault: vault.name, versions: [] };
  const version = newVersion(world, vault, key.name, spec);
  key.versions.push(version);
  vault.keys.set(name.toLowerCase(), key);
  tell(world, vault, 'keyVersionCreated', key, version);
  return version;
};

/** A new version of an existing key: same type and size, expiry as the rotation policy says. */
export const rotateKey = (world: World, vault: Vault, name: string): KeyVersion => {
  const now = world.clock.now();
  const key = writableKey(vault, name, now);
  const { kty, keySize, keyOps, managed, releasePolicy, tags } = versionOf(key);
  const exp = key.rotationPolicy && policyExpiry(key.rotationPolicy, now);
  return createKey(world, vault, key.name, { kty, keySize, keyOps, managed, releasePolicy, tags, exp });
};

/** Writes attributes, key operations or tags of one version (the current one when none is named). */
export const setAttributes = (
  world: World,
  vault: Vault,
  name: string,
  version: string | undefined,
  changes: KeyAttributes,
): KeyVersion => {
  checkAttributes(changes);
  const key = writableKey(vault, name, world.clock.now());
  const found = versionOf(key, version);
  const { tags, ...attributes } = changes;
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  Object.assign(found, Object.fromEntries(given), { updatedAt: world.clock.now() });
  if (tags) found.tags = { ...tags };
  tell(world, vault, 'keyAttributesChanged', key, found);
  return found;
};

/** How long before an expiry the verb pretends that the expiry was written. */
const LONG_AGO_MS = 30 * 86_400_000;

/**
 * Lets time reach the expiry of a version (seconds). The last write is dated long before it, since no caller has written since.
 */
export const letExpire = (
  world: World,
  vault: Vault,
  name: string,
  version: string | undefined,
  exp: number,
): KeyVersion => {
  const found = setAttributes(world, vault, name, version, { exp });
  found.updatedAt = Math.min(found.updatedAt, exp * 1000 - LONG_AGO_MS);
  return found;
};

/** Sets when the key is rotated and when its expiry is announced. */
export const setRotationPolicy = (world: World, vault: Vault, name: string, policy: RotationPolicy): RotationPolicy => {
  checkRotationPolicy(policy);
  const now = world.clock.now();
  const key = writableKey(vault, name, now);
  key.rotationPolicy = { ...policy, createdAt: key.rotationPolicy?.createdAt ?? now, updatedAt: now };
  tell(world, vault, 'rotationPolicyChanged', key, versionOf(key));
  return key.rotationPolicy;
};
