import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AzureError } from '../arm/error.ts';
import { parseResourceId } from '../arm/resource-id.ts';
import { geographyOf } from './geography.ts';
import type { Vault } from './vault.ts';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals and opens backups: only vaults of the same subscription and geography can open each other's. */
export type BackupBlobs = { seal(vault: Vault, content: unknown): string; open(vault: Vault, blob: string): unknown };

/** Azure's answer for a blob of another subscription or geography, and for bytes that are no blob at all (azure-docs 107520). */
const sealed = () => new AzureError(400, 'BadParameter', 'Cannot decrypt backup blob.');

/** Blobs are base64url and encrypted with a secret that never leaves this process. */
export const createBackupBlobs = (): BackupBlobs => {
  const secret = randomBytes(32);
  const keyFor = ({ id, location }: Vault) => {
    const realm = `${parseResourceId(id)?.subscription.toLowerCase()}/${geographyOf(location)}`;
    return Buffer.from(hkdfSync('sha256', secret, '', realm, 32));
  };
  return {
    seal: (vault, content) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, keyFor(vault), iv);
      const encrypted = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64url');
    },
    open: (vault, blob) => {
      const bytes = Buffer.from(blob, 'base64url');
      if (bytes.length <= IV_BYTES + TAG_BYTES) throw sealed();
      const decipher = createDecipheriv(CIPHER, keyFor(vault), bytes.subarray(0, IV_BYTES));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
        return JSON.parse(text.toString('utf8'));
      } catch {
        throw sealed();
      }
    },
  };
};
