import { constants, publicEncrypt, randomBytes } from 'node:crypto';
import { AzureError } from '../arm/error.ts';
import type { KeyOperation, KeyUse, KeyUser, World } from '../service.ts';
import { authorize } from './authorize.ts';
import { activeKey, versionOf } from './find-key.ts';
import type { KeyVersion } from './key.ts';
import { runCrypto } from './key-crypto.ts';
import { isOfManagedHsm, parseKeyIdentifier } from './key-identifier.ts';
import { checkUsable } from './key-window.ts';
import { servesKeys, type Vault } from './vault.ts';

const ALGORITHM = 'RSA-OAEP-256';

/** A data key as a server holds it: encrypted with the public half, which needs no access to the vault. */
const heldKey = ({ publicKey }: KeyVersion) =>
  publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, randomBytes(32));

/**
 * Versions whose key pair has proven to wrap or unwrap. It is not tried again for each of the hundreds of servers that use it
 * every minute.
 */
const proven = { wrapKey: new WeakSet<KeyVersion>(), unwrapKey: new WeakSet<KeyVersion>() };

const run = (version: KeyVersion, operation: KeyOperation, now: number): void => {
  if (operation !== 'wrapKey' && operation !== 'unwrapKey') return;
  checkUsable(version, operation, now);
  if (proven[operation].has(version)) return;
  runCrypto(version, operation, ALGORITHM, operation === 'wrapKey' ? randomBytes(32) : heldKey(version), now);
  proven[operation].add(version);
};

const findVault = (vaults: Map<string, Vault>, kid: string) => {
  const id = parseKeyIdentifier(kid);
  if (!id) throw new AzureError(400, 'BadParameter', `'${kid}' is not the identifier of a key.`);
  const vault = vaults.get(id.vault.toLowerCase());
  if (!vault || !servesKeys(vault))
    throw new AzureError(404, 'VaultNotFound', `getaddrinfo ENOTFOUND ${id.vault}.vault.azure.net`);
  return { vault, id };
};

type Found = ReturnType<typeof findVault>;

/** The names that the audit log has for refused uses. */
const LOGGED: Partial<Record<KeyOperation, string>> = { wrapKey: 'KeyWrap', unwrapKey: 'KeyUnwrap' };

/** The audit log shows the refused use, where the vault existed to write the log. */
const tellRefused = (
  world: World,
  { vault, id }: Found,
  user: KeyUser,
  operation: KeyOperation,
  error: unknown,
): void => {
  const name = LOGGED[operation];
  if (!(error instanceof AzureError) || name === undefined) return;
  const data = {
    vault: vault.name,
    key: id.name,
    operation: name,
    status: error.status,
    principalId: user.principalId,
  };
  world.changed({ kind: 'keyUseRefused', resourceId: vault.id, at: world.clock.now(), data });
};

const refusal = (error: unknown): KeyUse => {
  if (!(error instanceof AzureError)) throw error;
  const { status, code, inner, message } = error;
  return { ok: false, status, code, message, ...(inner === undefined ? {} : { inner }) };
};

/** A Managed HSM is played by a switch alone: it serves every caller that names a key of it, or none. */
const useHsm = ({ switches }: World, kid: string, operation: KeyOperation): KeyUse => {
  if (switches.managedHsm !== 'refuses') return { ok: true };
  throw new AzureError(403, 'Forbidden', `User is not authorized to perform '${operation}' on '${kid}'.`);
};

/**
 * A use of a key by another service with its own identity: the same checks in the same order as a request of its own, and RSA
 * really run, once per version; `list` is of the versions of this key. A vault that does not exist is `VaultNotFound`, since its
 * name does not resolve.
 */
export const useKey = async (
  world: World,
  vaults: Map<string, Vault>,
  user: KeyUser,
  kid: string,
  operation: KeyOperation,
): Promise<KeyUse> => {
  let found: Found | undefined;
  try {
    if (isOfManagedHsm(kid)) return useHsm(world, kid, operation);
    found = findVault(vaults, kid);
    const { vault, id } = found;
    const principal = world.entra.principal(user.principalId);
    if (!principal)
      throw new AzureError(
        401,
        'Unauthorized',
        `AKV10022: Invalid audience or principal: ${user.principalId} does not exist.`,
      );
    const requester = { ...user, objectId: user.principalId, appId: principal.appId };
    authorize(world, vault, requester, operation, id.name);
    const now = world.clock.now();
    run(versionOf(activeKey(vault, id.name, now), id.version), operation, now);
    return { ok: true };
  } catch (error) {
    if (found) tellRefused(world, found, user, operation, error);
    return refusal(error);
  }
};
