import { z } from 'zod';
import type { KeyVault } from './key-vault.ts';

/** Input comes as JSON or as a query, where everything is text. */
export const truth = z.union([z.boolean(), z.stringbool()]);
export const seconds = z.coerce.number().int();
export const list = z.union([
  z.array(z.string()),
  z.string().transform((text) => text.split(',').map((one) => one.trim())),
]);

export const oneVault = z.object({ vault: z.string() });
export const oneKey = oneVault.extend({ key: z.string() });
export const oneBackup = oneVault.extend({ blob: z.base64url() });
export const oneVersion = oneKey.extend({ version: z.coerce.string().optional() });

export const VAULT = { vault: 'name of the vault' };
export const KEY = { ...VAULT, key: 'name of the key' };
export const VERSION = { ...KEY, 'version?': 'its id, or its number counted from 1; the current one when left out' };

/** The id of the version that is meant: 32 hexadecimal digits, or the place among the key's versions. */
export const versionId = (
  keyVault: KeyVault,
  { vault, key, version }: z.infer<typeof oneVersion>,
): string | undefined => {
  if (!version || !/^\d{1,4}$/.test(version)) return version;
  const found = keyVault.key(vault, key)?.versions[Number(version) - 1];
  if (!found) throw new Error(`The key '${key}' has no version number ${version}.`);
  return found.version;
};
