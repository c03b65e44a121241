import { constants, privateDecrypt, publicEncrypt } from 'node:crypto';
import { AzureError } from '../arm/error.ts';
import type { KeyVersion } from './key.ts';
import { type CryptoOperation, checkUsable } from './key-window.ts';

const OAEP_HASH: Record<string, string> = { 'RSA-OAEP': 'sha1', 'RSA-OAEP-256': 'sha256' };

const padding = (algorithm: string) => {
  const oaepHash = OAEP_HASH[algorithm];
  if (!oaepHash)
    throw new AzureError(
      400,
      'BadParameter',
      `Algorithm '${algorithm}' is not supported here; use one of ${Object.keys(OAEP_HASH).join(', ')}.`,
    );
  return { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash };
};

const invalid = () =>
  new AzureError(400, 'BadParameter', 'Ciphertext or wrapped key could not be decrypted with this key version.');

const attempt = (work: () => Buffer): Buffer => {
  try {
    return work();
  } catch {
    throw invalid();
  }
};

/** Runs RSA with a version's own pair, if the version may do it now. `value` is the plain or the wrapped key. */
export const runCrypto = (
  version: KeyVersion,
  operation: CryptoOperation,
  algorithm: string,
  value: Buffer,
  now: number,
): Buffer => {
  checkUsable(version, operation, now);
  const options = padding(algorithm);
  if (operation === 'encrypt' || operation === 'wrapKey')
    return attempt(() => publicEncrypt({ key: version.publicKey, ...options }, value));
  return attempt(() => privateDecrypt({ key: version.privateKey, ...options }, value));
};
