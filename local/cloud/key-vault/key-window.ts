import { AzureError } from '../arm/error.ts';
import type { KeyVersion } from './key.ts';

export type CryptoOperation = 'encrypt' | 'decrypt' | 'wrapKey' | 'unwrapKey';

const UNBOUND: CryptoOperation[] = ['decrypt', 'unwrapKey'];

const refused = (inner: string, message: string) => new AzureError(403, 'Forbidden', message, { inner });

/** Refuses every operation on a disabled version. */
export const checkEnabled = ({ enabled }: KeyVersion, operation: CryptoOperation | 'get'): void => {
  if (!enabled) throw refused('KeyDisabled', `Operation ${operation} is not allowed on a disabled key.`);
};

/**
 * Throws unless a version may do an operation now. Disabled: none. Outside nbf and exp: only operations that undo earlier ones
 * (Key Vault, key attributes: decrypt, release, unwrap, verify). No document has the inner codes outside nbf and exp.
 */
export const checkUsable = (version: KeyVersion, operation: CryptoOperation, now: number): void => {
  checkEnabled(version, operation);
  if (!version.keyOps.includes(operation))
    throw refused('KeyOperationForbidden', `Operation ${operation} is not permitted on this key.`);
  if (UNBOUND.includes(operation)) return;
  if (version.exp !== undefined && now >= version.exp * 1000)
    throw refused('KeyExpired', `Operation ${operation} is not allowed on an expired key.`);
  if (version.nbf !== undefined && now < version.nbf * 1000)
    throw refused('KeyNotYetValid', `Operation ${operation} is not allowed on a key that is not yet valid.`);
};
